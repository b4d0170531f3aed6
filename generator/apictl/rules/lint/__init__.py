"""What is said about one document: a page for everything that `apictl lint` may tell of."""
