{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "VyQFA300oA2hJwL1mpgvO2qWPG/94fRoZ1+IPjwIZ5kYCnuCReEqdRyuzXGzJM76z/BVqokuAJznsztZhxxSCA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "xoh7kmohn97G6+iBj6eB1OSe6ehi96k595n8d2ICvFQh+R8rP+s1MrZHuBiqTHFKW7qIzn6b9cBJUKaFNIleDQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "L+hZqmsVjJtXVxx5r3ISYcD8RTeJ6tonjeXh9jgPYTqqSA574KUpyLASqzRAfUdWsUVOBpTS2V3iEhRZhNJ3BA=="}
