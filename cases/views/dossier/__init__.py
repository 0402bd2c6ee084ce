"""Pages of the forms of Circular 10/2024: the dossier of a person, and the forms of a unit."""
