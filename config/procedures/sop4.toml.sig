{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "A4YMKp6MlUhUVmDUvpLfHFIazwNJFzR3WqmOodfXWZNiCV1J/TGdIV+taIMIbVJXALd/KFXHWDdH6u+AUn+lBw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "qww64R0Eo1xVJfSe7TCOvPis1hdtEC9DqFBApVoofj+I6o7nlSAS/o8Xrr20KQH+M1hFeyd/PwuSzBfhwrG5Bw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "KjBQv79iz1UF5/jc++pwtukoVvbgsrJJzAc1vHQyBE1ZKEjVqDKX9GkyCmWBvkaNIXDYxGQxCex8UH9DTCKTBA=="}
