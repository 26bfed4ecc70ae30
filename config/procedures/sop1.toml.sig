{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "oDLGASFTkdjh3wtrETrrnbZYAv8NKpTwNlrr72AIJLJdpwbq/0gcfBM5ectb94GZRvdonzad/uUd10Y+QfbpBg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "jX6mIa+HPbDqjF0lWKQwN7ZHL5pEaX8s73B3t2RLKAOCqDtR2UVoKFZE+/KMdJemxTUytnizKj0+LuQxCsYbAQ=="}
