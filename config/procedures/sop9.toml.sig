{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "iMDpi+XnRD/HnvDLOfsnFqdXJe25AGO9T1H7N0fUQmj7tCYc/G0De12WyzQSa6bumY3Gms4wyIR/g0u80KM+Bw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "BvKQbocyGvTevuO96HD3kOHRvhXeOEZloq6Q9LIE3i1j4LdG5yMDwWm8UB8/CFVaO+gpSC6ScpT84JZi+5B5Dw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "X3jrPcr5Sl0vnuzm2DbdHCBsLDsJoUpVP4ELnkazu8B7iS2oI7X58AnOIYdNuk3TrJLTF+CtsTCizRTSecp3AA=="}
