"""One person's file: header, timeline, history, the clean-record clock, what comes next."""
