{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "ndQCNrJujyMCb6YOfjA3/ZJ+9KexmpN5lWC3c96axsuVQrK/JULesvX7onXRHxuA51f60RDy+5wSoTJha6MNBg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "sZfUORu1HGGIZ0KWtLRhPdagnCAEHbNJ9Wx3Nfr3KF3vaooVbLLUFMXUKQdXJK8XySbJIU0qp/5fwYfi7H1OAg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "hWV/hVdKornPPam7RuVirY1YfoNL/JVWZO5hkWsvWJMA3aav1uWuQ9BCqe9xU+N768nicpB55elapII9RLN7BQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "TH7Frb+5dYNHu+i7NkFOKYQ+qUnB9MuvTSlfktMNQm7DS1m6cc3xN5U24a9UITH19ut4kFOsiJ8t7e6ahoAGBg=="}
