"""Alerts under a consent: what a reader is shown of them, and who is told where nobody saw one in time."""
