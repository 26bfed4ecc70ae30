"""The sync protocol without I/O: both halves as functions of what they are told, so that they can be simulated.

`counter` decides when to send and how much; `window` judges what arrived. Neither reads a clock, a file or a socket.
"""
