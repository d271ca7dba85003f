"""What came from outside as a file: a safe name, and whether it is what it calls itself. Nothing is
opened here; only its name and its first bytes are looked at.
"""

import re


class NotWhatItSays(Exception):
    """The file's name ends as one kind of file, its bytes are of another."""

    def __init__(self, ending: str) -> None:
        super().__init__(ending)
        self.ending = ending


class NotTaken(NotWhatItSays):
    """A file of a kind that is not taken: a program, a page of the web, no kind."""


# What is a document, a picture, a signature, a letter or an archive; all else is not taken.
TAKEN = {
    "documents": "doc docx docm odt rtf txt md pdf xml json vsd vsdx dwg",
    "tables and slides": "xls xlsx xlsm ods csv ppt pptx odp",
    "pictures": "png jpg jpeg gif webp bmp tif tiff heic",
    "archives": "zip 7z rar gz tar",
    "signatures": "sig sgn p7s p7m cer",
    "letters": "eml msg ics",
    "sound and video": "ogg oga mp3 m4a wav mp4 mov",
}
ENDINGS = frozenset(" ".join(TAKEN.values()).split())
# What a machine would run, whatever its name says.
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")

# How files of the usual kinds begin; of other kinds nothing is known, and nothing is asked.
BEGINNINGS = {
    "docx": b"PK",
    "xlsx": b"PK",
    "pptx": b"PK",
    "zip": b"PK",
    "pdf": b"%PDF",
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8",
    "jpeg": b"\xff\xd8",
}


def check_kind(name: str, data: bytes) -> None:
    """NotTaken, where it is of no kind we take; NotWhatItSays, where a file only calls itself
    a Word file, a PDF or a picture.
    """
    stem, dot, ending = safe_name(name).lower().rpartition(".")
    if not (stem and dot and ending in ENDINGS) or data.startswith(PROGRAMS):
        raise NotTaken(ending if dot else "")
    if not data.startswith(BEGINNINGS.get(ending, b"")):
        raise NotWhatItSays(ending)


def safe_name(name: str) -> str:
    """A file's name without paths and control characters, at most 200 letters, its ending kept."""
    plain = re.sub(
        r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e]", "", name.replace("\\", "/").rsplit("/", 1)[-1]
    ).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:200] or "file"
    return f"{stem[: 199 - len(ending)]}.{ending[:20]}"
