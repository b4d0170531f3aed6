"""Swagger 2.0 documents, rendered in the words of OpenAPI 3.0 with each node's place in the author's text."""
