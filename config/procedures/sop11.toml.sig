{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "5DecpT/1+1wMkWjUwzjqLjw6aedrSjC4IM7qsIywkQkEODv173/tiHsKfzLH0zGHq2Qzm78qpUCPb0uKgZFvAg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "GcADEAl+zHt12v0IeIA3rEX5z5wkgFALv5nJJKvEWEjtU/ORkCgyYdfLXqtqbyc83oVVqAsnoztFnXi41dC7Dg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "ricing3ebfZtSpF8B3iG8YK7tvo9CB5HthSMoQE/rGNiV6rv6O4+xPRshcNeGB7SKudaHrzRA+NrewPBEBrxBA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "7cFVjdo8oOybmiNPbN0DHrsY4RIVchftObC+2gsuI4J6cdwWurg8zEgmpN1GMpu5GO5ZtejrxauKIdOBMBlyDQ=="}
