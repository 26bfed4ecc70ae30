{"agency": "quarantine", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "P6lKT9aowQ0+o8xUl3PWx9K5N1losPBhSTcxH5JrDTCIw2GbXwCbR1rbRzikGUSBjmkPuw4kTuNjA6oHVXsJAA=="}
{"agency": "security", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "Mbr3Cs5zM4Gh/q1j7OGF95+rk4RdoUm58XdKPsaynu4Dawxu4e5JCXZldm85UIzUnzh8fYNmUtO3nl+eN3IdAA=="}
