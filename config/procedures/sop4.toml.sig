{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "ImGkgz+uociN5NBet1UdhMQKkm8h7Ow8WkPa/6YlfUkEDtKBg03CnnSCvjwGUyTlOEbJeQlenKivoQp1x6PrDg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "vU5eU4TH77D1cBDVvORzqfQMx+ksxLn6zPxa8AZuYdn896azXQr5tSxWkPg3jjw3FA/qBtH6vPSDVHN66jFWAQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "XFwQtQloP8TK53R0S7Op+yoAx8zwF8YyXQRPtiT4EuEe+7jB0k1vjc+8Pi7pT4N2GtKN34aKo2kWmgnBv5cNDA=="}
