"""Pages of the periodic report and of its collection."""
