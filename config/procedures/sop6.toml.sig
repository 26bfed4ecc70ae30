{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "/xPjv6w0wminlp6FQZ027E9ElgA727IKy1QVM0xNFueu3IC7jNt05gvndUx58gh6fsgkHw8Cqwef8xm7/zk/AA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "4SwBNld37u2ah09AOtYvjlBVMTOgQU3LjnU/5NmPZy29LHTqadsf0mxI5yuo9tEgV4LuztcMiKNJTDEqziD6CA=="}
