{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "dtVhxPDUJLKaz65cybxvJG8qBd0b6z4Z5SD4w35lDKR+pWIJF4irWCZQb9Id3x2fUb4QDgmBL0D9pDMzmpKgBg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "nQC3KP2nq1BoTz3QbN5FKtrYcxPReUeLKf0B60GzDTfz5nGq2PRRv5Pp8aJq39V0n09HGzIvzENFRMYtRShrBg=="}
