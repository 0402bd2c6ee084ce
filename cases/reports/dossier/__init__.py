"""The forms of Circular 10/2024: each drafted from the records as plain data, and what lies in a dossier."""
