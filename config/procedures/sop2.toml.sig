{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "apqsE6blThp7fzzvY+xIIXvMynjrD6bOh02lB0gSixG9tInCgVY8dxGzcAjcWWIjL/G+h0PZ8DZeNzxNpoFJAw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "5UDNYfJ2weu2fIGwK2NxC05fFhf1WAUute2mpthvELpnTcjb7tez3P6jJVLxwfza+ZoHhBfGPIEt73G+4xFoBQ=="}
