"""The contract: frozen data and total functions over it."""
