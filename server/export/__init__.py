"""What leaves as a file: a summary on paper and for other programs, a person's check-ins as a table. Owns no table.

*Paper*: a summary set as PDF. *Document*: the same as FHIR R4. *Handed on*: made for a reader, with what is addressed
to them alone. Figures are those of the summary; nothing is counted here. Stands above summaries.
"""
