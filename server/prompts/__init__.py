"""When to ask around a treatment. *Turn*: of a questionnaire. *Point*: after a session. *Prompt*: a push about one.

Stands above measures and treatment.
"""
