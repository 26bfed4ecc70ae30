{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "6H6b18TMZByhGvlgpcKTyfJ0GCKW/4F0EsIbrecbGUlAeW3InaJcRVeUg9KbY4oetpSTzflM1n/6PWjWU9D7BQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "7D8wBsop9yKZGr0ormTayQbRIkf+k+Fnej4VJLRU11sFdUtU5j+XJmwN/CfPRrDUE70C5WflEhs3N7HwQ0jpDw=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "V3g0+ukNCCidEw4GhmSvbRtlUgM0hQnT/c3qDXfvy9uKIB97dndmfliZ+Jsldln3A56E+fImNCMuif7rQ5pSDw=="}
