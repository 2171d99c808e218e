"""Sections written on facts: the outline, the model writer, the offline writer."""
