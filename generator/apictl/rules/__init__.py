"""Rules: what happened, each in a file of its own, named after the event."""
