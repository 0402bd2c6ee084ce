"""Roles and permissions, the only place that knows them; no project code is imported here."""
