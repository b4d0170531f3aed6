"""Where contracts lie and generated files go: manifest, discovery, loading and writing."""
