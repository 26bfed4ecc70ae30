{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "dPDih/+Ugf1dvdfWZ/6T+fhvD/8dX5yowdd/7KR72l+Y7OLevjJkbTCEoc39LpOlYn8zIBQYZlN95y9qvDVKDg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "pPh9Aw8uUcSxK1i6izDB4N9AIUlu+j8gu+MNiFm7dS2a8YVGTHDoB3dD4CAozgxvmvDXacmPNlU97dwkGF4wDg=="}
