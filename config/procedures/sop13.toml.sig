{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "zBnzT5vnBuuAsth/yocrhoUlPaKD2rfz51H8RrdV6Trw74h3jYafOJLLGaUT3r3h6DlR2eBtgsimQfcdt4GEAg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "QcqwKKr/GqLXEusfJ64uhPanqYj3Tml3yeu8TWZ+TdPTsEm67tOB5RcnDFTDryGWC5gDaJINvtIicdLqZs0CBw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "yQtwEK2kvM4sLKLCCXwhFxXYG8FiglY4o0sglfSm91LpAtMliRvAP8UH+8kizPZZBGquorqN7OwfwA/7+fDACA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "tWfAkdLK5x/dX4HPFmOdZpwUI56iixR/XqXYXFnCjceUTEWnm3+VqgSFkmNN/YGWoB8aldgA9Ko3jt5kV2gmDg=="}
