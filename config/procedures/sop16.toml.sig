{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "pa7PphdTzzfxny7KPlxSt+PTpo/LDIo1CV7O4lHuBY0lOsrcnEmFlNuJxshxIbbLFknuetwPAV4jW1t5ri9FAg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "UEgCG2N/3CYg1Yn1csj4hZfHDgIQ/w6e8WebfxIDO/sd5giWiP/HmFjmLjN1s2vgTIlU6vuCKo+RPHuPcqRfCQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "u5WpnxXPQm1SldjituNchx1dcRwHvqk8q+rsIWE50ZocgVSA9PVpg0O+nCgSQkERqNLpOGfS575oYeHQggwTDw=="}
