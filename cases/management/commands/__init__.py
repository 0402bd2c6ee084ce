"""One file per command, thin: arguments in, one call, a line out. No rule and no query lives here."""
