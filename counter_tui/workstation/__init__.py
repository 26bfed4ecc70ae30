"""What a person can do at a counter: a use case a file, over ports of bytes, keys and plain values."""
