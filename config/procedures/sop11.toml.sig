{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Cs+YFlF8O2Cxo27lPnzs2vBcb4Ay4TeblkWhFB9y+bv178bompJ1gTLWo0+rOtIWnTwFbkOk+OhUGT2NUqj1BA=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "ujWBRbQ0aB1w0ARkz7YaQJfDI8y3hFbNmIJs9+4vxcuWcRBHswb69fdjjQBUc3ofsZ2Bn6ZBXpwYkfH2f2HrDg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "51dB2KFUYWURpmchDgNCCqKyJxxUi2/+VW38WlUze0FBz+V+a9eioP0S2IB20yvnfMHw0F0+se1UQRI9Q/CBDg=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "v0Hg3Ut0bY14QBs6C1rvwTBRgeWziTboF9yxeOU0xX6Xf+11tLPkhwf7asYNY7CfX8CgciZA1HfEGr/TwSi0BQ=="}
