{"key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "kqq9w3/iMlZ3s/kBCK73Uubq90+kwMdyTuxQxBoZwEPoj9452EGF5t+OlvbdkHSNjw0sUqyXE7khd+DM41SEBQ=="}
