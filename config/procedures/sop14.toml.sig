{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "E87kul3m0xpBThMzzCxO/xmbO8IxKAAa4Awq+PG6zbmzN1zbRUJkf4dmX6uFvsyUUxKL4fp4q3HHH16uv34UAQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "psbNmPCScZQ8047rpLGgIizMyZp8XwrAxRkoYh/HhwNHjou5MjQCyd6A588Il+WBWUM0M6/8hoV4jTQxrQXIBQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "5h/kUTfpoBL8/U32L827Y+ACk9f5Unqb4e/Jtzft7tSiH6qBegccbraO6lQ7pIFBrg67s3OCRvbZf5HGz3rsCw=="}
