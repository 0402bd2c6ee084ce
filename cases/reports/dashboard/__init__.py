"""The overview of a unit: what stands on a day, measured, and what may not be concluded from it."""
