{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "4ToCkDhjcxdrEO5zm+SbtAF0irolQ7Qs40ww6CmAuioW+q6YgAycBuY0u/uR+2azsO6uKwHKY41zmXDOXYybBA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "u5WpnxXPQm1SldjituNchx1dcRwHvqk8q+rsIWE50ZocgVSA9PVpg0O+nCgSQkERqNLpOGfS575oYeHQggwTDw=="}
