"""Documents to contracts: the only place that knows versions of specifications."""
