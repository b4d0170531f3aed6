"""A drawing of nodes and links in layers, from left to right."""
