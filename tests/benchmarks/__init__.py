"""Long runs measured by hand; no part of the suite."""
