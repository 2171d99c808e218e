"""Which fact, if any, a claim in a text states."""
