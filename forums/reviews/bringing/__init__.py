"""Reviews from other places come in: CSV or JSON, once each, with their source, their day and what they brought."""
