"""Events of two contracts side by side: channels, what is done on them, messages, bindings."""
