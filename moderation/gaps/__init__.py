"""Gaps: what customers look for and do not find, who closes each, and whether that helped."""
