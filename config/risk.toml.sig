{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Ql40AlZqiHO8USnlDLmgZ/CoQh2Mz1jlF+hlNC2QOviI/iGOS30N1TXBtlZnrBQsA0ETO1JJMTRkopWrOMZaDw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "TLo40LmZVdRF1289bpDIVe8uRa7Y92vFssvgOf9DFu28NnXe0sZkkwRiv65GRtQ3dUTzKShoJJLdwHDatyP5Cw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Lqxa10N0HhkP4tGvIZNSo5hZ2lc6Vpd84Xdcjh9W0T6rREISRnnWsl3PO/o3jiNotrbGK0cXghXDoJUEUc7+CQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "BrP8lHIqjyjnO39hx7s4H9QS9CHRPMgiqQXOjl0FvEmOPLeDc9gAYeE9QA8In+Jf2CYArHcew/2DoCGPYMvNBQ=="}
