"""The distribution around the code: project file, read-me, copied support modules."""
