"""Definitions of a contract → `models.py`: pydantic classes, enums and type aliases."""
