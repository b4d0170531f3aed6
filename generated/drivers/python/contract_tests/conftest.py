"""Options and fixtures of the contract tests."""

pytest_plugins = ["contract_tests.plugin"]
