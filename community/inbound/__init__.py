"""Mail that comes in: kept raw, read, judged by one check after another, and only then a deed in the house."""
