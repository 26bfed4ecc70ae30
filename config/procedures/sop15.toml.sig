{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "uDwpH/cPPEKkAD2WPA+AsapGll+ryRlETUUn3I995E1eolT2tdGtJNP9dVBZc9GhKXvr9JDkJRkkPUYGGXb1Dg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "b/T6Sw4qRY9+QZ2ahfe9XE2SR8b5H9upnIxjXY0EgalmfTKd4o//NCJNeFvMRszAyjBQhKKiVhHNApkD/OXWDg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "e1Rlk5gCbfP4jf54ceMApiYsZl6o/KmN6z+5adNCMNMECGfWNz8lAXC0nW/oDlDlbxxIxYPZMwmepws6YxliBw=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "OS1jaZ1SSFErhYA1alYcKVdHhqcp3L8Ih0giKx1CqZKKlHn//lUukXQcOEP6TG+FNvbWSGPpyHtZ0aqsMwDHBw=="}
