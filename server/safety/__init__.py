"""What is there for the worst hour: a safety plan, and asking for help. Stands above questionnaires.

A *help request* says what raised it and what its person chose. A *safety plan* is one record a patient, in their words.
"""
