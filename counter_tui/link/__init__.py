"""The contract with the single window: what goes over the wire, and the one HTTP client. Import its modules by name."""
