"""Views of threads and posts, whatever their kind."""
