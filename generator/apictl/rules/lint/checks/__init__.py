"""Rules about documents, each in a file of its own, named after the flaw that it finds."""
