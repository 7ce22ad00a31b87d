"""Web Push. *Subscription*: one browser that may be reached. *Origin*: the push service it belongs to.

Stands above accounts and vault. Owns which hosts may be called, the encryption of a message, and sending it; what a
message says is for higher floors to decide.
"""
