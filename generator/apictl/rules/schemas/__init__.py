"""Differences of schemas as changes: their words, and one change for one cause."""
