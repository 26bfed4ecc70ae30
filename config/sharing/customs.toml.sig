{"key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "t1GSo9tUl/ICUn9j1AcBRX6hviX+SKAawk/qgj1+fADNAAPq15YQEhDxZqXMwqw7rNUcdjZ9lGsTUWXtE6GlBg=="}
