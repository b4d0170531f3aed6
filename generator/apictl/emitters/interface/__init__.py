"""The interface both sides share: operations, results, errors, and the data that judges them."""
