{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "nIlJzeEM09W164IQn9U3lohvwjR9v+mOLgrhRXWvF9F/UsSyB52+9rHOIzIOFFK3KxnrDDhrwv53Rq7say60Cw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Q8VVSkcF/QSRqo6wcH1++BCra63NQBoLeeJE8w6rDEWSyTb2KODYhv4r9Y6TQbhIgMgrhOyVlfuTZQPFXaR+DA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "2Q1OEvfY1diDxt9DgvY4mBHIJT9LdFnJzudwMRjKE1QSS8DCSAMGJAemFivfRCnqRdtOsKRRmVONLe4tvMq0AA=="}
