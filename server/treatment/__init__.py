"""Dosing sessions: planned, happened, stopped early or cancelled, in their person's own words; and what surrounds them.

A session *took place* when it happened or was stopped early; only those count for anything. Stands above records.
"""
