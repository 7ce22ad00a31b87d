"""Errors, time, ids, settings, log and HTTP helpers. Knows nothing of health. The lowest floor."""
