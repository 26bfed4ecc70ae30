{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "BGiVeUvEajBGDs8PL1YKdCjxqWV5fYwRHbQnkZ0JG6HLcoOwaFNdfucuWEKkONokDL2gKBmdbIl9w6Jt8yAuCQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "C5MMwfTODVtdT5TBBvYGjQM6vidYFQ5PJr3dOiQawmuaWLmFI/IWd/gqMKPVHP5dEccYhyMGav+0eXR4DcgRDA=="}
