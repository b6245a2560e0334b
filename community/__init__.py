"""The ground of the site, which everything else stands on."""

import gc

MANY = 50_000
"""Loading makes some hundred thousand objects that stay. Looking for circles among them after every 700 took a sixth
of each start, and pages make hardly any."""
gc.set_threshold(MANY, 20, 20)
