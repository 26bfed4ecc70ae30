{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "7Up6VKoMQRKFog1u1mYVJwS7dMR47ulDqq/xAPjLlz+iXexUsF9z76HwHdyfVxD1LGENJDsa7YoTtMzMhRFtDQ=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "IhNGQmIILbcP4Vf4ES7VKRZ85c77u0YH9v+vGvzeBo/qnG/8mtyRL1PPblHycGqhlK2d5i+VJQsWcdm1yfdSCg=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "sYTmnVxdjmQw7i0vibWwUkSUrZiVUQzVvQYJdqsROhT+oMBhbjpuZXG5/hkXa1PxlZuJ0XsezGu41pjwIH92DQ=="}
