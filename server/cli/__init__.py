"""Commands of `python -m server` that are more than a few lines; one file a command, top floor."""
