"""What an OpenAPI document must hold beyond its structure: one rule a function."""
