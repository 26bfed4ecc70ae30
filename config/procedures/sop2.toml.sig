{"agency": "customs", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "3xTDva72z520mIHMb7724GceLKYnUzU+wRSWnXBUe8GIHtJ6AtsUGFwBaIpY8aHTJYjRt5vwGvrU2PlGQMuYBA=="}
{"agency": "immigration", "key": "GO4s4jO9oAQC5Yf8efSKrCytxk/V/d7b91xaDV2IV3g=", "signature": "l1LI5WfZ42zmwBK4j2edWlETc/fep8uVwoK4v004FOYrburPUzk4HLioWn5FzP8xASpXuAZbTe6I3JetOChBDw=="}
