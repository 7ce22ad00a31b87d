"""Questionnaires: instruments as data, scores, bands, and change told with its error. Stands above treatment.

An *instrument* is a file: its words, options, scoring and sources. A *response* is one filled in by a patient: complete
when every scored item is answered. A *pack* holds the words of an instrument whose licence a clinic has bought.
"""
