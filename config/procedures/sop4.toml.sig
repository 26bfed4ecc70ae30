{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "rWuzilIryNpN/KLGx+S76/Kz/x1ru9kaxIR8eXsJW2BiLYH2AiHBd8eS0H+4AVDoNodKBcamJ77EM3aYUQ60Ag=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "uHO66QU77MKoy7SpWGYTdBBO3owRD1UElq2CSA/GKvwTXR0oeFDaS/VkVoJ7VOvn0C51UEjdaWwRqQ1MJr1oCQ=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "4OegWPBPznfnAv5mjmmbAOqkFt9/lmDR2kuH/bBJcLDLF3yTXBvPNg3LvmUv1rqdVdY9INr7ExABXRy5GkrQBw=="}
