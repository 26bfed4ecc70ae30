{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "hqPAaRaiIRjxz6G0aDnERLxzeHVhMkM3fUQV7MjTxrmKPTHQZBJbCH0s2tpCiDgt3iwwPN+zZR1D81V2qlqiBA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "QVUiJZDJLDQDPSJoEfwzp+9antpRJ6MW4prJZJjIth15nTGjr6SuFTfJfS33cRr1tRe2ne4ZqUrKIVrHN9OBBA=="}
