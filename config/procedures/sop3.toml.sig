{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "3YNKGFXD/skDwTK2P0JBquMtarHdopyFFKVVZZPg40eMtoU3dqqcytLpC6L3SBPMf8r4bUKASNQAzxCO658SDQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "QalHLoO469q1Y8ayLGcB1KQETCPWVnpSeTnfheAuh3/DKzpHHDwAaWhkOnAbKQcYKJvayGXanjg2hWazx5OfDg=="}
