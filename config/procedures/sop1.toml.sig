{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Poui7MrwUCdY1Mj1br5uulr9KWaz2FLjbf+Ji0GUf+tK8nh85jfpndl428Ony2HQSrD4iNuqPGBQqy9Rgy4mDg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "WdfjKBqNy8vWDgeg6sojmzNyQIexRTOEjtSFLgaT74fe9a22BqQjxJPvrnv8ZqxE5w1gkfd3qkniZg8So3RGCw=="}
