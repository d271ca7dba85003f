"""Sizes of files as a reader says them: «20 МБ», «1,4 МБ», never «20,0 МБ»."""

import re

from django.template.defaultfilters import filesizeformat

_EMPTY_TENTH = re.compile(r"[.,]0(?=\s)")


def file_size(count: int) -> str:
    """So many bytes, in the active language; a tenth only where it says something."""
    return _EMPTY_TENTH.sub("", filesizeformat(count))
