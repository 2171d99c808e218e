"""Scores and benchmarks; run by hand, never needed by a user."""
