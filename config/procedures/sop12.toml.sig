{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "sRXd8uV34vNHPSfhkuvXgtPsFpIv/T2R38UcIwmoeGqxyZRoR8MbC/QDxAFj+MYWIKJ2phzxwU3sZm5yvhJ3AQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "wHS9Nwe894IPYmXMkncb3c7dTEc+krlZ/kQgkBimiJU/Hw8rqa/X1LIuGCT4kLJ/u/RN8X7tVEdRaLq1a9GXBQ=="}
