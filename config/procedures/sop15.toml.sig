{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "sHoz5ozGhllJjwtYnoq2wnyDaicME1K4GnQjTjO9/JssvB4/iAsijbtgbSs9Vc1UVvzf1F9E+wcfT0zMP4f4BA=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "IYs6Yq7Oe0maF/5/gMO0fDasiR8HiO7S4DBV5SFNjQs3VVEe74Aus+sqWh0gOroTzAyd6rFh0W6pFl/VbtJHBA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "adWNEIIEUZZ9/IIH+N+iKoS1zZbblDEkl78MXZnhUpC3eM7XHhjqf/fJbKqjupXftVTeRg6wXBSA3RWB0mb+BQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "e0r0BoJi4xon4nKH+FHZccUgCKqXusz19jyv/ACn1gt8cxi7m5+cev1svRkfs0PkkOv6mChx1P1US3aEa24XAQ=="}
