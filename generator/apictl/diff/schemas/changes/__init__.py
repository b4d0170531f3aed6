"""What is told about two schemas that don't allow the same: one file for each kind of constraint."""
