"""Web Push. *Subscription*: one browser that may be reached. *Push service*: whoever its endpoint belongs to.

Owns which hosts may be called, a message's encryption and its sending; what it says is for higher floors to decide.
"""
