"""Consent, and the only way to another person's data.

*Consent*: given, accepted, withdrawn or expired. *Scope*: what it opens. *Look*: one reading under a consent, written
down in the same transaction.
"""
