"""Who is asking. *Account*: a patient or a therapist. *Sign-in*: one device of theirs. *Factor*: a second proof."""
