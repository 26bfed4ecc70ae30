{"key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "upCmiB1YPIjmE7FI2n2fOamR3M0posiUWn1jdqG/cp1I6GTZxlyY99gdLXyyaTijaT/UxrPJ5S7vJ5UlYmnwBw=="}
