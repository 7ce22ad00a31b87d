"""Whether somebody has written nothing new for as long as they asked that it be told.

*Silence*: whole days without a new record of any kind. It says neither why nor what was written before.
"""
