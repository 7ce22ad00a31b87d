"""What a person takes away of their own: their check-ins as a table. Owns no table of the database.

Figures and marks are those of the summary, made by the same rules. Stands above summaries.
"""
