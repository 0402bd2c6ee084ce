"""Pages of one person's file."""
