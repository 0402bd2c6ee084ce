"""A copy of the database in one encrypted file, and the way back; SQLite and PostgreSQL."""
