"""Keys and sealing. *Sealed*: encrypted under one person's key, and bound to its table, row and revision.

Master keys (KEK ring) wrap per-person data keys (DEK), which live in a keyring apart from the data. Destroying a
person's data keys makes everything sealed under them unreadable, in every backup of the data as well.
"""
