"""Witnesses: values that one version of a contract allows and the other refuses."""
