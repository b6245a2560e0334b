"""Views of questions."""
