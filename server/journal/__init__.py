"""The check-in: how somebody is at one moment, in their own time. *Entry*: one check-in as it was kept.

A *rating* is a whole number from 0 to 10 with no preset; an untouched one is a missing answer. *Remembered later*:
typed more than six hours after it was felt. Stands above records.
"""
