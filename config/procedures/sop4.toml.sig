{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "IBHkhoSZD1mEBIwXODF8YYqYQ9YrixUMa83ze8yyjDcyIuBZ7CjQtvEYvaZyOQstKxJMyckkm36Se6rlDKRpCQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "dYchkQx7sgGRM/nPT2lVGSE37cgIWyMzlLqLGj4diY0eOdi3MRhrIhrY6WG/qyZijtRjrJjlEdno1CG2fdM+Bw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "giyR3HT0/g6hDB8JTkeycesVcuTOsK6DeUMUl7P4k44bc/6ICwnVuSs6rPobWuBruJg7OY1SWjj1p1+fTDnDDQ=="}
