"""A summary written out for people, in their language: sections of lines and tables, for paper and for programs.

*Section*: a part of it, named for the field of the summary that it tells. *Subject*: whose it is, and for whom.
"""
