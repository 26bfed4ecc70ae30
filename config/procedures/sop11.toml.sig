{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "XlTK1p+rnemxG1QDIrs7DTg47QzPaJ11r/vquzmxRbRX1N5hWatuF7kYrJr61hKpDl2kUx0VZ9gfEvHByQLAAg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "S0kfVlOK7va3BDm3cjOlgEN3zcMvuGR8GZaXtcddJYYzS9b2scSzl3AArssTMz48/FZGqn03JPun9wQI7Lj3Cw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "pdOuKJWRciONl9zrkN2821++sXPlk3ARHvAnRJswwmfYfY80+IxHI2X3Sa2zZoikj4f5BQka99F8sd2lEzLZAg=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "e6sQZpBhEmcOn5MT8g82t3jDzLwpNhv/38sFS92xMBifjpH6ebH2S6y3rOsSJ5GuIdt8IH8JwESfZqhHhLa7CQ=="}
