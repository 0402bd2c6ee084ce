"""A primary, a streaming standby and PgBouncer in front of both: `python3 run.py test --cluster`."""
