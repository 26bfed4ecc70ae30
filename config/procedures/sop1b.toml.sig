{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "tRSpOidOVOCeg7zuwhJzr1ATDHa66iPs6fi/h+9Hcw0y2eAXLyJMkJHfUtXTqQwEmmZdt2p/gsCwFXxmhsWhAQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Iac68fTnbdvps3H0iltK3Rzxj8SI2mu5A5Rh98zbW/+vGkqMzw4Desw/uuV4r9T7oXHOne73SeCxGWmh/xotDQ=="}
