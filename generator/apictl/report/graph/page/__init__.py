"""The HTML page about traffic: what it shows, its template and its style."""
