"""Roles and permissions, the only place that knows them: nobody else compares with a role."""
