"""The search among the subscribers: it takes in once, at the end, what several events of a transaction have changed."""

from community.events.together import around_deliveries
from community.search.indexing import gathered

around_deliveries(gathered)
