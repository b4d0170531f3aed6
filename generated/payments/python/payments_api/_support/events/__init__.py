"""Events at run time: messages are judged by the contract before a handler sees them and before they leave."""
