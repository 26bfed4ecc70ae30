{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "mbHXxvIN6KRX9Enoja5eWC32ZnarAUgJcho5o0QcFay5AvlOLAWJXcQTwP9XL1fKe+OSjF4uvQaVdB6qOmE1Aw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "HMMfSNOKVhUDxcbTmvA2a8oCRH9rsBfJpAJ+fEieL/p0DU+etTy1cg61wNRXMEojhwf/GP2mc/6EnftvUTYCBQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "0Tclf8BlO/S2GwtT0nKA0DzXEmBovAKamY0rfKin9jEwwWTK6+dlm/vlmKkD4NTbrKIaMhnwTCTiqkowK6rYDw=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Hmehd+xZAt25jYb1uDLILNc+n1q5iOW0ENDWBDkB8xQME4aDBfyrNe6G2Hzy7ed9/u9sB4rF7njuJMbGg+3QDw=="}
