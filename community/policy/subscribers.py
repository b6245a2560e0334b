"""The worker reads the checks of the gate once for all the events that it brings in one transaction."""

from community.events.together import around_deliveries
from community.policy.ruling import rules_read

around_deliveries(rules_read)
