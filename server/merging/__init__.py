"""What a change makes of a record, field by field. *Kind*: what may stand in a record, and what is wrong with a value.

Pure, whatever the table or the wire; records stands on it.
"""
