"""The interface both sides share: operations, results, errors, and the document itself."""
