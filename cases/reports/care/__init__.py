"""What is handled with care: what a bad assessment asks for."""
