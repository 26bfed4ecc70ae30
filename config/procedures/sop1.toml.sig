{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "WpTziXZfZ8kBPJN39CilPnL+ksBjktg9NRQPE3zZuX1NnWFuGolwnPFMP8dKjIN6SwJetiUdWJ3gTp7gv4UPAQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "xrjkXdfHxOmWXrR5Gj9pWSHuBKf2lsYH0h+ZkoG0AV2CCvrAf6nvdlFbphS3dCqKi5qsKSCcjkb7Eu5oX30RDQ=="}
