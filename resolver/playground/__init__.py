"""The playground: packs, a text and what comes of it side by side, and an HTTP interface.

It runs on the machine of its user. The page keeps what is typed; the server keeps packs compiled in
*editions* and answers, and writes nothing but the packs that were named when it was started.
"""
