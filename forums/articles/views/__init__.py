"""Pages of help articles."""
