"""Everything a patient writes: sealed, versioned, synced. *Record*: a sealed envelope with a few words on the outside.

A *change* is one edit of one record and counts once. A *revision* numbers what a patient's records went through, over
all kinds. A *kind* says what may stand in a record; kinds are handed in by the app.
"""
