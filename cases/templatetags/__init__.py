"""Words, dates, numbers and drawings for templates; no queries, nothing but lib and access."""
