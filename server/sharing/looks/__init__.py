"""Looking under a consent: its reader on a page or at a file, and the patient at what they get."""
