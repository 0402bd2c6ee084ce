"""What is handled with care: what to mind for the person's safety, notes that few may read."""
