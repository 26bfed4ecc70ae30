{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "87xj9Z5fq2flf6MtI5MA3/nhIC8YXdbJpsFL3ZiZpbXVTXm5pXotfnfuSo3jpCc+DfazpKRDntsF9iIZzUx0BQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "q4/Iddu/XeZrYGFQjKo7hA2hxVwoq7aUEk+MZ9gkF95PIPCe+LGbc4Zl52hM74+awzzWddwDB6W99r9d0e1gDA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "TvwIrjAz+9ba3KNibwMJuiJxiWmsIf9hD3p8g9qC4tIkuqnllR/uOR2v4KYvyaRYhSsUCjIh5kouAzS1CB01CQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "poeqkcGBLm9QnfcELp/BbAsoY0YQFOMo1fEYjUypJLYbUoQvsPhsbCXQ14qxJJMYtUyTBYVLcBTlIgrnIbnVCw=="}
