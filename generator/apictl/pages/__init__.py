"""What emitters are made of: pages, the template environment, safe nodes."""
