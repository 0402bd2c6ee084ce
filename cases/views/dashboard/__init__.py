"""Pages of the overview and of reoffending."""
