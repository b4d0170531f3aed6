"""The client side: typed methods that call, one class for each tag, synchronous and asynchronous."""
