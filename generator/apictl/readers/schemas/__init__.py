"""Schemas of any dialect to JSON Schema 2020-12; knows nothing of operations and channels."""
