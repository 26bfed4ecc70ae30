{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "fvmEs1clYLMKoJGtZFxp++ApP7jCvUzPzv2sYhwajMvAdSXSwz9iPAsVWToAW2Wvgec4vZFp2K9k6/3Uju7QAg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "5PKqEqkQUJ8cgLwnrYvS2VgB8owxsYcHJ1mW2fKlmQ6w/8aCo7PSeclivanjYwNBgMhDPT0Q+xuzpaLizB/eDQ=="}
