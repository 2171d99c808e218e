"""A county's work: the towns' reports drafted in one go, and the report that rolls them up."""
