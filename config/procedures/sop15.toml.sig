{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "vW++nPMFkanoquBbesWgrQBLBC4MJ5SOYVMS3GiRTYOjqJLEjW/Vv/ObCGmwDaokyCBdGnYrVIKV/KrJ8yhdBA=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "SMVXn3M5DIDP1UDZ2R/q2/FW8po5YxVCma+NldV2ur3KEaAijLIhKCEa38M15ZZxczrPLLERg3cZqxG/RXHADA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "T15dmProBlEehN/Bf1Olzu/G1BGSz+INvfsd3JODb4FZRxupaXFIRAD1gLXVuTkZOWTyWWbh5QfLyUljnHMjDQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "h51Ij/IYiuEQAGiSDhctoLM+K2cCZeeL7Bhwe/w7TIWvPikJRQF7jfBmBLfdLuP9TzDHfLxW5hXeqxE7kAjoDw=="}
