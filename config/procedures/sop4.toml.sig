{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "YGEj5LD2LKkEGlc9sbG6IoGMJDS+5rvAvXeFnAyPVd11mwJD9bgwUKS+qDq5EtKdLX1YDHRJ0FzHpCVqFfBvCQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "EAEeeTZA5G0R+/FFxev5DkqOsbloR1je9+JdXOzSDnQvl0vBmtHIDeUv4KYFrFSVUXnMn6qWQdzW51xJumawBQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "sBcF7NWtlq3jAaSVZri+lYHRFUEKprtZjo9b7IRfc1f6+FTsF1lO6nIFV2C6Hhoa4+fwNKAgKHtADJaojNK9Ag=="}
