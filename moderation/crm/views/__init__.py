"""Pages of the CRM: set-up, outbox, and the panel beside an item."""
