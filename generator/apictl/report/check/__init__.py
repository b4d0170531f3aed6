"""What `apictl check` tells, one file a format."""
