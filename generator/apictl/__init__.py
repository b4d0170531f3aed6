"""Contract-first generation, checking and comparison of OpenAPI and AsyncAPI contracts."""
