{"key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "8zHVUfgExX0Mqi3E6D+gr2lGwDU9VIk8Afe1P6ck8mbrJtZ1LCOhnEinek0ouH2q78M3d6dn3L01hAZBenZNCw=="}
