{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "xaocCsTUn4Xp9rNi7LE8C6AkTSfcYz9RTus9qO1n7G5Qc7+NKSOx/tKzoCxgnf1JnRN38U3bJCM3iNDgfDLeAA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "SMw76IaJJlebGgILFvxFXU3eKUqDRm8gpauDxRPFAJFftKGsNoAcL7XOtvKvJUsMwBN0sqs5SFsMxYX6iXhJDg=="}
