{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "hqs0ZcCWfIY87tSUNWjznEEYnTUaoWaxFrcba8TIi5PwwI3dKMqFc5sCVxf/iEHIUtQ7lhHiqQrJgDF3FagcCQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "4+kfU3djOfB9hiJrNezCm26c/Ld80iwm2uNVUZ2tSVGVFGekghMmDe2KRCwsRD1FnO8vQ3rWIMZUwzwhU6uECw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "JnpVgoNZVlJm1G4Mzs9dFxmJ4RnVFG3Ct5rGxW/OpydfSOa76ka36+cCJIIQI0VlmeAjlc35r4ALVv4hcvjpCA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "rxdOR3/mvSJT4XMtd4uHgZZbJiPuvW5Cx2owcgXVIIsjXmFBt+id4KSl2MQ3B5n30/1FSenYGDiinWUMGCnlBw=="}
