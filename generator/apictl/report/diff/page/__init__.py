"""The HTML page about changes: what it shows, its template and its style."""
