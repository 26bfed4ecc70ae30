{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "65w0pigh/jHaQ0j8E/aGROTKLrHrEREaNL6eJCBQGWgjrq4A+tcenpJ73udtV2oXA0RzMEe3dc/7XYXh68NiBA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "93kIRVvjR3BuGhiez6NtYZrOm+tA3wwZrYjWKOv4PMfhWwsBTNc/V00BW/EI2dJb1eo5UzivLBQIwgE+6S1EDw=="}
