{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "CsFp5YLcCsVkg+GPjJuB8z4DgGEF1i7XC3wA2h0K0t8X/hfEW1pNuvq3pRExqN8SKJNj1Mqh+QE1HyK0pZbBDg=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "wwhQCsM7jp8gVdw5RySV7+vheZM/dDmNw/1ExQ7kf4LmjMzSZgz/Z/KXOT8JZASZfoDCBssuXaW5+yLRg50jCA=="}
{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "w4s98N7txB9gEV0gMumZ09dr1szYVE5iZzRFKZH27xgs8eaSGXZ/YrBqsG8zZa5jZJbP/c/GrZhg09W+RC8sBQ=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "ab/OTD2v9Dn0RlBP8OxkmzlX73JZNRqTGa8hfTd41ioDKP9UvO4SGW44j+/MjDPaZw/ddqF6IS7VmbSB3VgLAQ=="}
