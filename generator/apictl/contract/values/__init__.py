"""What the sampler of JSON values is made of."""
