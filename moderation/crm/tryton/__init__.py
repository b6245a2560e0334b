"""A real Tryton on this machine, for looking and for tests: installed, prepared once, copied and started at will."""
