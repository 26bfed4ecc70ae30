"""The rules of the border. Pure: no I/O, no clock, no randomness; texts are codes with parameters."""
