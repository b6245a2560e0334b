"""The first bench: the real site on 10,000 threads, measured beside a constant page in the same run. `make bench`."""
