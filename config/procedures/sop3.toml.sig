{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "91I0cnn9nbmrPnncbbH+tTz2rB8QDeLdcHuSzNOKBrnooLRfBLZn2LtB2pKi3WopTh3/nFKoqZBDGxf2K+OPDg=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "X8hs8SlIpTFxRwsHAbd/Ws7HaQKH1VwaKhryq/YAHUxDh5l3qrZh34Tj1+t6c14HylRJc2DvFVsWSRlr52xwCg=="}
