{"key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "ph7FKlKqk0veQo3VHHZE1PES2aq67IxQzSstavEZZxmYZTfqe04mw16vqsLRMtliKUHp8JnTzasY5RJSp+L/Dw=="}
