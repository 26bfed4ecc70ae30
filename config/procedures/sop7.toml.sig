{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Mv0o7M9h+hYxk5Nduaz3Z3NI3F4uFyTZSkRchI46pQ9Nc0yUMhgxN6C6R4L754TMoZB1UwiskKhDATHSMTPRBA=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "qxPy2XwwbDRB3VMUT21LMSEcdDwb8qRfQ8v3980n9tqVq8OuIzRtpSEAtbSbN7c/cIPZDoy/P/v1uGE+TlB+Cg=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "WtUcF+wx8BEPr9JXbfZ+naHWDbBagYGfhbsIlJ1lRkvoRQCN7TWYr08tOocmSaWFkIO5PgYN3xS7NV3Mem/sAA=="}
