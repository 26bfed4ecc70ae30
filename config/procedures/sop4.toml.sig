{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "TxcIWJATla2c29FKXjslbJPKInSvUKv8Qt7diYbrpWQI17JNPUeo0BIVydCAXWuRSmP4DsR2HH3aLV7jrF0vBA=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "YTTERJFOey6Dy8Z2IsfGjrZuCKsLyLoUpISO1q+W3EGY0udp3tXJEZO506IC8CODnhtT2b3aVoWEzYQO85gZAw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "oi1aOw0kn1wBJmisZIoqeCy7g7M4nqCfrun1E2qBBpuO5/8JAKTfYUNE8CZ4//4RJSTMhG544/i8t6phvzDCDg=="}
