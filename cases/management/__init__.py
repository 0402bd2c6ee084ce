"""Commands for the terminal and what they alone need: no page and no rule of the domain lives here."""
