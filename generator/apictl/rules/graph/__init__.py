"""Rules about the traffic between services: each docstring of a rule is its page."""
