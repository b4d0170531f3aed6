"""Pages of differences between schemas, which have no files of their own as the other rules have."""
