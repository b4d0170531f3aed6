"""Copied into `contract_tests` of a package that has events."""
