{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "LK+eXQT+qfjfnat2tV4SfCVlpq2jFonuSPe3+P8zwevV5oIpBPlG9Netu3gYoncE2X/tsn9hLlEzF/jnvFyaCg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "i9vINux+5hi8faYmnI3rljRErB0hIhpsQrnzjgbeb4JGprmv+W1riHESQfpyt7q+jsLLRMwJhXqpdNInfxcxAA=="}
