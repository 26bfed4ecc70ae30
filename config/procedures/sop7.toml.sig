{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "9JBFvCBVnprF7NrIrkaBkNwTcIekvXToiW0zpgEb0pMhQ2DAiL1kBgYoP9ycoZBxymkExFPi5jQ20XlwY854Dg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "V6nMgVSVznti2cJ/IRBzB7LML3laYm8MPK7XsAmM6/bxS9Bs3plI4CA0FP0TeXch8duCSMTqwwmXl/rgfcP1BQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "+OnScFIgqCyL7cFIiWWMEu8tvkqNdJdJhPom7LYeg7ga3luDgZcJTgRsiXZ3WGOO+yeArAKVHzORf7oSoU7OBg=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "O8XhM9Cja1DueMIOeImE1aSXgJaEA83HQVZ3VHdVQq1tTAwxi7v7NINJdCfHGl97NfL1s+meIuVZgzsYcx/SBg=="}
