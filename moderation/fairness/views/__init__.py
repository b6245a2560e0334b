"""Pages about the fairness of reviews."""
