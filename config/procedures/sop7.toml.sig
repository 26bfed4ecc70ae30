{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "0QIL8OZdqxDaj8ausK41wfv84imtcX7lkWTPp5nbEzJXVt3/YsLcmGf97NGtViJhhKbS0Gu8BMZPta+y08+iBg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "RJg+tmyIHHsQ5gPqAr+H5+4AX+vZkwFV1rWsMCuvVlNDSOw733L33m4hEc5hvI2HsOSaA1hRlLYW8RL4Se2uAw=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "pgOIWs09R+Tc1rOdMeThG6zAABDymIiYj/cxQWBlQozWFi5KvlpK1TGuHj+AU+FtvQd9kssV/xmMh3iCda0PAw=="}
