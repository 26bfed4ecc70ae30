{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "IMIK50T2kZGFbU9hVm0g4PH4o5XgrdAagZVeEr2lx4fiI5P2DEbooemKMqCLTVL1zjqlS+Qh4fGoU3EBbnkUCw=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "YUDOIoGxqw1uowFLdNYQYMH61zyZpUhp5W5LftaMs77VpHD0A+5aHL1EjNNMKFn7jlw9FbgrKxQeILQqfhcpCw=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "8D54+lAbZKu87ZBnDjniQ1ihM75iFcW+I5G5A7cIOszCIk8LGrX8X3Bg4gPHZn8Zk1/HuoZbBrlR0lmRecrnDw=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "lZPG2C51dXrVWM0YHukdvVRDyjdUmninX4opfnDTO5SwwRJbkJfnbu6JEJxVJelpmvXa3pZ7yd+NyEteXHFzAQ=="}
