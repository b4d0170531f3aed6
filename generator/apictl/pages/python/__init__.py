"""Contract to Python spelling: names, annotations, literals, imports."""
