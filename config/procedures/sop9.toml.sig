{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "DfUfa00qbokW83AfoaavrWWkRcNYO2AGUmCUW2QypZGRxc9NxrLBpoypssectGfhPZR+djR9lFw6PXVqQPAWAg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "9JfEuf3UHGltWBUgREEYlDBPyFwAb3hqRDu0FUwnkUGT3adyZXIYoZtCOSwv3g4A1Xtdyw1beBhar7C9TFZ9Cw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "0QkzfuGk3/bnhyIwp4KMJrgzOXRZ6qtVd/lJy+mfUp/aipeoGOrDOdslLmhXq+jozmswZwX5LGyt//kokzWpAQ=="}
