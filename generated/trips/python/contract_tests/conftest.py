"""Options and fixtures of the contract tests."""

pytest_plugins = ["contract_tests.plugin", "contract_tests.event_plugin"]
