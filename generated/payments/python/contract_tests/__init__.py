"""Does a service keep its contract? Run with `pytest` in this folder, or with `apictl test`."""
