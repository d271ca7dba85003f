"""What is kept of a Word file and not edited, by the name people know it under."""

from django.utils.translation import gettext_lazy

KEPT = {
    "picture": gettext_lazy("Picture"),
    "text_box": gettext_lazy("Text box"),
    "smart_art": gettext_lazy("SmartArt"),
    "chart": gettext_lazy("Chart"),
    "ole": gettext_lazy("Embedded object"),
    "control": gettext_lazy("Control"),
    "ink": gettext_lazy("Handwriting"),
    "drawing": gettext_lazy("Drawing"),
    "formula": gettext_lazy("Formula"),
    "symbol": gettext_lazy("Symbol"),
    "page": gettext_lazy("Page number"),
    "pages": gettext_lazy("Number of pages"),
}


def kept_labels() -> dict[str, str]:
    """The same as a text shows them where nothing can be read in them: by `!kind`."""
    return {f"!{kind}": str(name) for kind, name in KEPT.items()}


def kept_name(kind: str) -> str:
    """What a kept thing is."""
    return str(KEPT.get(kind, kind))
