"""When a therapist reads, who reads instead, and what whoever that is gets written.

*Reading hours*: weekdays with a time from and to, and days away. *Backup*: who reads instead.
"""
