"""Tags about clients."""
