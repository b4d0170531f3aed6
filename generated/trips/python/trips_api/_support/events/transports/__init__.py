"""Transports over real brokers: one module each, imported only by who uses that broker."""
