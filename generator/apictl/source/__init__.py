"""Text to trees with places."""
