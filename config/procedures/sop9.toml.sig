{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "uFbPsck3DRvtiY/Mld9+A4T0p52ZrpKmvSQSV4IaJyfT9HmvmhZCzgWX46vo7HyjXiukvQ5qZzcBCpJG8zWJDA=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "wGztecw5D+HNiorzyOuxby5MdGInPSSOIdAlUa/XnnYvdAVChpXNqkT4ZSI3QMon9kr9Wb4S156PmneCWiq2Aw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "vvg+7lpecvN2JIY9PWitF/MsBOadepwAqCIbdQjrHGRv93Kjex4PFi/jrEWOOhLmEA0hozOe8EI8xO6HRWySAg=="}
