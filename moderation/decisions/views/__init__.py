"""The review queue, and the way back for those it was about."""
