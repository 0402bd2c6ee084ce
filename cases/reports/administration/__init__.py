"""Units, accounts, rules and the log, as those who administer them see them."""
