"""The indicator dictionary: what a township counts, in which unit, under which names."""
