"""Forms, one file a noun: choices limited to the user's scope, checks of what was typed; no writes."""
