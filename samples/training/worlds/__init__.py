"""Readable English documents about small simulated worlds, with the record of what is true in them.

Everything is made from a seed: the same seed gives the same text. ``python -m worlds --help``.
"""
