"""Waves, crisis mode, places that accounts came from, and how moderation stands."""
