{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "FvFuO2TvUD6Hl1c6ne+FM8dQQE7HtFcjDs++d3lp2SwiLyZH84u0+2H05niHAdBA/0YKHyAUMPJ0NsBqS6MQAA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "sTV30W6SMDXHaA7wiTDZouo/hDZ9mrJFWN/77qMGrL8wjavsOApcTrc82OegMmGvc7P/G350t9deai80/p6GCA=="}
