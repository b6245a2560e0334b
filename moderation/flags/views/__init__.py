"""Reporting something, and hearing what came of it."""
