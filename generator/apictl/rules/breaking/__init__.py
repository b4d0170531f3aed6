"""Changes of contracts: one rule a file, whose docstring is its page."""
