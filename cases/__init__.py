"""The one app: people who came home, the work done with them, and the figures counted from it."""
