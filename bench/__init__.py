"""The bench: the real site on thousands of threads, measured beside a constant page in the same run. `make bench`."""
