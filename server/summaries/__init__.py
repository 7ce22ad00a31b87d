"""What a period looked like: days, scales, sessions and what followed them. Owns no table.

*Acute*: within 24 hours after a dose; such an entry tells of the dose and is left out of the daily figures. *Series*:
sessions no more than seven days apart. *Start*: the mood before the first session. *Better day*: two points above it.
Stands above journal and treatment.
"""
