{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "5z9NLLsplYtSzfb8pds8Lx8we7OKTa3a5xBsS6td2bo1s1Pn+bMgI7tqqqoJ+1lIwTEzMYfMWpEUHqNXl/I4Bw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "0GHomfJkk+h/+X9q4c4gs8Qq9RgDS2Gd6bDud5ouqsMqa1kAhKAiyJc9HUOwhwO7pNhlCfffHe3DJM2YqrLDCA=="}
