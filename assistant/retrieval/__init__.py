"""Reading documents people bring: past summaries, reports, regulations."""
