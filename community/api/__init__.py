"""The way in for programs: keys, and operations that call the same verbs as the pages."""
