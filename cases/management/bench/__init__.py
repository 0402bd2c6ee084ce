"""Pages measured through the whole stack, on whatever database the settings name."""
