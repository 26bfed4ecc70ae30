{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "ujopxfjEWWxfxUYpbPWHhe9VnkisuQtypUYPt2GlGvC8BcMClZcYG0RlCyjoMUukvt6dr0mrqWLb0NiI53UqBw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "TFMN9BGEyy9VOew1znlkVG4B66k9tQk6+fQT9tVBHF849P7/aieoaBIQN9nus0YIAPw6mfanl40GvD9N8o1ZDQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "7c7AuSQAXHiGKCeSnw0HleOay6PIK+Ur6/aeQ3lg6uC/BD1Apv2RrU0aykTEiwHZPvEC9BpYa63Z8wPttrIQDg=="}
