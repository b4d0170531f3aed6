"""The server side: service protocols, the two doors, and a stub that answers with samples."""
