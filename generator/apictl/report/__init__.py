"""Findings as text for people and machines: one file a format."""
