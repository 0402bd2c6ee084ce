"""Pages of units, accounts, rules, the log and registers loaded."""
