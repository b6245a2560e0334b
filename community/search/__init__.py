"""Finding: one index of everything that may be found, its ranking, and what is suggested while somebody types."""
