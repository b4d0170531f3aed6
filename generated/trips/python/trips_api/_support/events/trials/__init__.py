"""Contract tests of events: a service is given messages, and judged by what it does with them."""
