{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "FUF+QId2w8gRAuKGfztqZlTy/5jVJhmBnbARLNY1Rin1Y2k2SEWJejP4S4LQnFDoScosKWuGhnjnIPD1A33rBQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "DW6FUHpGQLJ+yXU0yamyY///+AbUB3x6NIcpmYRD7HFpdkjm7bz4uAvhVn0YZqMbEPySZBHdU5H9lji8AsH9BA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "XHIpYr0rwj5mDJcJxnZA/nKNPtM8ImfF1oWKQDTjwpmpVrq7cFNttDaIFN065yirBnZv+OwPaHGh/1aHPSEqDg=="}
