"""Reports about the traffic between services."""
