"""Spreadsheets as townships keep them, turned into observations and facts."""
