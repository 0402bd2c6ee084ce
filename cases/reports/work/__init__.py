"""What is due for the people of a user's scope, and how the work is shared."""
