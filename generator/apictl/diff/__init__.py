"""Two contracts side by side: what changed, on which side of the wire, and the value that shows it."""
