"""When to ask around a treatment. *Turn*: one of a questionnaire that comes every so many days.

Stands above measures and treatment.
"""
