{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "mIusrwCxSjKYBGPdbkZgHd+mTXlY5h4kQD8NAaby3oslPtKKrPC5wktDYkMJ/L53Vwi6ZEX0VR9JVvqKuE79Dg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "1QoQW/F4yv0vqiBdXFBOK5G+dtqnTecf4A2zVPhzhgfRa1banvrvYmDcPNQhm7tKqJOEVv7kpPCtq3ZmGq8HAA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "u5WpnxXPQm1SldjituNchx1dcRwHvqk8q+rsIWE50ZocgVSA9PVpg0O+nCgSQkERqNLpOGfS575oYeHQggwTDw=="}
