"""Modules that generated packages carry as they are; they import nothing of apictl."""
