"""What `apictl check` works with: which services a run looks at, what is known of them, what is found out anew."""
