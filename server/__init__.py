"""Interlude's server: keeps, reminds, summarises and shares by consent what a patient writes."""
