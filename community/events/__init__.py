"""What happened: record it, and whoever cares is told. See `verbs.py` for the whole list."""
