"""Pages of the daily work: the day, the log, meetings, employers."""
