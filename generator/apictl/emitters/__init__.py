"""Contract to pages: one folder a target."""
