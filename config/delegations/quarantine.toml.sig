{"key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "BvB2Dh4jhIWKwkZ1a497ESOpSZfT8tOyVf7ASEseDa0Ze2IbMg1OXMjjSmg1/EaTIEdjNQl86gKRaVTyh0cXCw=="}
