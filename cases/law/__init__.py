"""The law as pure functions and dated tables: dates in, verdicts out; no Django, no database, no clock, no settings."""
