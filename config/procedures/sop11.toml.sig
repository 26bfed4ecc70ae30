{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "aWfPzPMUjlot0YRzJlMKI1zFMUZ1exxezi22/CCswqTK7JxnVM8mzhniH56fT8L5sLqQFK+R1rh80xNEbNEKCg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "+EaTXlsyG46WK4dmxCLz+Vy0yZBYCvJD/NUnrF0vFYO8L3QOfOJx2G4fvgCJU470iEnMnrKxhJqGoNj5veMCBA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "FmSP3arz+wEUQKPp+/nl2V5/Lsbss/C8bNH00Xw/UhsPS8NHGgyHwep/k1U3JMzqB+DL6PawF4QaPUO9ed88Dg=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "31+PbAUx4ddDMi5eDc+iotw/j9Tj0RLhcX5uqMpVd2uRTY0TiWqIl54T2lTQ2sByJb1Z/ZnS/E3a8n6d1L8CDQ=="}
