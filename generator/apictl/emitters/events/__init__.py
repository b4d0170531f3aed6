"""Events: what a service receives as handlers, what it sends as a publisher, and the tests of both."""
