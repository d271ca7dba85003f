"""Paper: whatever the firm prints is set by Typst from a fixed template and plain data."""

from zabota.common.paper.typeset import JSON, LIMIT_BYTES, LIMIT_SECONDS, PaperRefused, render

__all__ = ["JSON", "LIMIT_BYTES", "LIMIT_SECONDS", "PaperRefused", "render"]
