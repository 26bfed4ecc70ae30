{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "uQfF1ap2Fb4ANGJNO7Pq0tng0fT0GVBj0/Qk5ufjshnFj3o05NKkwiFU216P4rczTXb/Wg/khtPldiFjoXiUAw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "fyJM5HRHgzCO9sL4+ZKxFSr0DBZFgbMGh3sUPELKbfZd6FdxJJHH7E+sO3xrOoZ482cfhVCngx8ZXlApHzGwDA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "yz+ya+gDCCht0Ex/p+KDiZ8DPPKp3KsnSfL+wRwGTXuuZsQq7bTWrCV+aF87Ba84bUsBxw4OQaPVK/ZadfeICA=="}
