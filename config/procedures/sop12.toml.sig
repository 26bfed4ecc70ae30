{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "2d1UouRO3tSjm9ZWwwHC0D4yakpCCG/ZXoOWgVn4nfyqDv2hVYzMVFj1xM0UCFPHmxBUSzNZLLptR/L6YTLAAQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "yc8PDYzx0V89dWoGoMYHUf8WMqd8Tv5vNDToSABRhz+WgG9Y9FiMVkzUgi5BIsMWaNOWP76+3JCvmyk50R6UBQ=="}
