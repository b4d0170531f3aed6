"""AsyncAPI documents to contracts: 2.0 to 2.6, 3.0 and 3.1."""
