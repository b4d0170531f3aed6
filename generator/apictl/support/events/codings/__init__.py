"""Payloads in languages of their own: a package has the ones that its contract speaks."""
