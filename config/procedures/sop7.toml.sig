{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "i5RUodrv5AV+ZJPBQvHgXPT2QYQnk6mPWf4QFQB0uoBSHwDn6eUGwmy7chXMYwHmFpFVEuac8DS93LE9dDFJAw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "m1vEHc9berZN6+iBOvS0SjIfPe651mUZeJ8Zy55XR+FBrUU1yAdFo2fzevY97eW1DGbBHzJ0Dh2kELUxOpqGAQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "nhnRflB+e3NJy5PMkvQDZ4x2MAEFuVE0iRHd3Oa9QBHoh4z24xO0EXcuk/o/MyX4WT7zGaF85jsqa/wKQ0/bBA=="}
