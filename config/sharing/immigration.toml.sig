{"key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "vMW1OzKt1JpJ3duW5mqJ78a3FFNifxHnVYMRDBTckaM9lyijuJBZtuOAXW5zURgMqcL54Pck+X6TH/93VO09CA=="}
