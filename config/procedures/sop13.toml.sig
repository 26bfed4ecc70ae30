{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "sF2i1xXBzBcng2+zXRRqZtYM25g26AiiGsdGuaIJ+t1UoOEUZ10nkqTC2UxjHfqdbLQJ4/qWDGOr8oHX3d7BDw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "VZ46eQJp4gex8xBjcIci9aCUdRBSu0Dv4qfLH6kBP8GU0bndI7mQoVr+xTSAl8FC4hRu/X+BQOiEP6Tj09bqDg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "jZ1TDHbKtbydSTR98vlQycBNImEKIyQCO2+KzSWUbG+RUNaWqdkUagHdnh1ur+rAc9WKOkLSZShQCYJTjHwRBA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "it7HBDRLwTBWRloB9FhkQUS+1HxNzrubpL0dMgdz8l1Zw5Ai7JlVdw7dqdxcIks3ikRoLpw5l6tcGZ2eBe3nBA=="}
