"""Pages of requests that both sides share, behind different doors."""
