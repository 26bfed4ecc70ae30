{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "48vTGI4ZTZ9aPTbeCfJkwiUlGPie1pVAosF/Up6WeYC/wcBIClvR0by6fB0WmhX1W5pU0EvW4pG5XfVA8srBCQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "nkbWUIjqrGr46O8eOzwuqdPeuKY6SZYFOHQ55vEm+iynygVcDkAMJJAhJb/ef9XlW4gUpQsJ7HhpS4Ct2fcKDw=="}
