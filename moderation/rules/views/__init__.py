"""Pages of the rules of the gate."""
