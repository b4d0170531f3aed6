"""What an AsyncAPI document must hold beyond its structure: one rule a file."""
