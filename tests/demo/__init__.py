"""A package, so that the story is told once for all its tests and taken back behind them."""
