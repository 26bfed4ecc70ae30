{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "6sHg3VK3pFKvKFUMF4PfYtLZfhM++rzzzICqeDBM3m8j2FKigstTxSaJmpVbP+1uqPaMLpGqsHHh5N10lnHiBQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "alsekBoz61wo1MVBtlOKBarEBkEYwfpv+FJMRNMdHGzdQeeGVCSouNvekJ8wUanyJRbMCX9Zsn/gp9qhLmKbAg=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "B3caFrMxORiFuEyY2rm0OHwym51bQKK9XJC2dcA7i87SX8NsC5p9CCNMKlXzuIxhXL9txbJ56W/LKkmvtT03DA=="}
