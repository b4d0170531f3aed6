"""Two schemas side by side: which values only one of them allows."""
