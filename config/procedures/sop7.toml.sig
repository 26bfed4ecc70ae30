{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "SRURBZ8iJGi5B9cEZa5oO+74NbmeAC53+g2vXjKHR6MWI76dafgIj81C8BYpB/jcOGgimQS2ONB8h3b1ZSY0Dg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Qzbbr0AcaPGJZVJG6zRSQSt+lZpNYOFB9pOIhWsISzwRBGOo/AHrP3UL/6vZESlPzRLcRusAn2dEyeee/+q9DQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "bq9B68UgqfWsFjjdFKJqTvI4+2ibhSRHcr9TCQIjfwa93nWwQXKakD3fMtWQyn+BULdJTUqH6wmeRvzr3kbtCw=="}
