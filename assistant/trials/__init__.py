"""A policy tested like code: its examples and cases are run, what they cover is told, and it is mutated.

Whatever no test would notice is told with its place and, where the solver finds one, with an example that would.
"""
