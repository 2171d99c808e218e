"""Every number mention in official Chinese prose, and whether it is a claim."""
