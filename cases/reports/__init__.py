"""Reads only: figures, work lists and timelines for a scope and a day; no writes, no markup."""
