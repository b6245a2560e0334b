"""A PostgreSQL of one's own: Django's backend with one question less for each request."""
