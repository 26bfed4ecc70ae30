{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "a6u8AUs530RVv7N0zu60qFTpdhHIKihibmpRDM5HR90v67CewzhgKr6deovrR8pEilgcfeJXUXs2rL4paPvlCw=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "/UosmaEKqflPPCAkzC03W80WxNFvqQXbWlq5mAQ/m4NLj3Jx/4sqa4Ehkqv9U6+g3K3ZI59e8nz5xLViDET6Dw=="}
