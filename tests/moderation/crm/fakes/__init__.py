"""Fakes of CRMs that cannot run here: small stateful servers that behave as their makers' documentation says.

Each says what was read and what it leaves out. They keep records, move versions, forget sessions and refuse what the
real ones refuse; lost answers, delays and "too many requests" come from the fault proxy before them.
"""
