{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "wBfGHQYPTxASTrrkn5vonEFIKGzjnvKDpjREwmE86e2A+O47GdWe6TgAfRxuqtAG+U2NJUUGGPozSNnDaX3nDw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Kgy1OiQCWZuDd+K+b7rcz7u0zO9eT95svlOyrzgvNnjbK7l/XoIfB7dp70ELWJFATeeDwyurI9MT5/L7ZV+8DQ=="}
