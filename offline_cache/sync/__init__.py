"""The sync protocol without I/O: both halves as functions of what they are told, so that they can be simulated.

`messages` are what the two say to each other, `packing` and `envelope` the same in few bytes. `counter` decides when to
send and how much, with what `quality` learns of the link; `window` judges what arrived, `window_sync` keeps and answers
it. Neither reads a clock, a file or a socket: what they keep goes through `ports`, over a vault (`vault_store`) or in
memory (`memory`).
"""
