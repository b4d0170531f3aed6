"""What documents are like, in every format of `apictl lint`."""
