{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Oos7ogUILS+80bBYd2zLRe0+XCf7mBAweKCrcq01m68A/gXn+7GGnOSSwm9jUvXsmjwVf6ut/p+mU2fqhnEYDw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "9EOPlwI11PGq+BW3p1ZfQ2YKMm2wpkXnC9ESeLYJI958uqRg5yqa1GjD8gp00fWfKnK4sR1gcFpfutl6neHZCw=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "CSOe6FrsaY0LcmjbT7cAzH1io5g0nolrSqzmAprwRaGoAPMkAPyq8i9F+5IVTqOdwvPTePhO1mRXnEQf6oz8DA=="}
