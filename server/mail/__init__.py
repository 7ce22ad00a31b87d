"""Letters out, by SMTP. A *letter* has one address, a subject and plain text; nothing of a patient is in it.

Stands beside the vault and the audit: it knows no account.
"""
