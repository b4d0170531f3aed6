"""The trips service, written by hand: it implements the generated `trips_api` and calls the generated `pricing_api`."""
