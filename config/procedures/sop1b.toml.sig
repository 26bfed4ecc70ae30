{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "EoF/9Hvj9stuLzZYmaZlAhz0lnCWLFQsQxjJ1eKA/yjN0t5ZE2EZpSWdwtwhAT1t7j9EkFRO2CNW6mP5Qy1SDQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "duMaLvGYubKzC3WCyql3LCgr7HHVndzBgADrZxoMq8mJKTEZcbnUr2hVMAe1VY9G0K0CVUyrh5AjzzavxTDfBg=="}
