{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "cZ9ZqVecphfJVmXsDMQiTL4p4oqpmu+hKSvlqyEg5XCodU6UwWDN7oNR/rKjTwuSZFYfCyFVAkfCwbkn7+Z6DA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "XqIgMKklfZxK0fy33vkcuFxe76f7A7xajOzLTFLnOViqLVimT2yPPFSNWA4USSopk1zJyLWsB6tiMQhwy0xiBw=="}
