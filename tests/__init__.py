"""Interlude's tests: rules, API on two databases, faults, journeys in a browser, and the structure itself."""
