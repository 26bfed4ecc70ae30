{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "CacQ4tTFKMxxVXm0OuC4OeFur7dTlyVDShFRGZd3+ELkTKUoYiIUMrU9q4USB7ZMkT/lwlnpPUNfUOllP+CKDw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "W8r1XQbDtIMat890lt6NJpTO39lKkfbaNuZeweiBncNqFQpk4Xk3/1Ka2hPe5r8Hha+C6XPjcF+GDbeR9wgTDQ=="}
