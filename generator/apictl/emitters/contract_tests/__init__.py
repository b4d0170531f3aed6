"""Contract tests: one named test an operation, laws with prepared requests, and what runs them."""
