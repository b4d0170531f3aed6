"""What `apictl diff` found, for people and machines: one file a format."""
