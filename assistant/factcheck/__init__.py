"""A verdict for every claim and the findings a reviewer looks for."""
