"""The demonstration: invented people and years of work with them, made through actions; nothing real lives here."""
