{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "1cmjc2NlJ26vG2V3O6xUBRwO/wdnxUdL8QbMTKfQooD4/8BzE3k2qk/FRq/w/aJ/aZCf9LmWJ+HrXTAUmrpeCw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "+X++SFhANR7tW+EfjaoBdtm4iEv79DZXZ2cUQoWn8othabHlNrOMjWrbw2Fry8D+xSF9vo3hWThJgRwZD7LECA=="}
