"""Why a file that was sent is not taken, in words."""

from django.utils.translation import gettext as _

from zabota.common.files import TooLarge
from zabota.common.sizes import file_size
from zabota.common.uploads import NotTaken, NotWhatItSays


def wrong_kind(other: NotWhatItSays) -> str:
    """Why a file is not taken, and what is."""
    if isinstance(other, NotTaken):
        return _(
            "Files of this kind are not taken. Attach a document (DOCX, PDF, XLSX, ODT, TXT …), a"
            " picture (JPG, PNG …), an archive (ZIP, 7Z, RAR) or a signature (SIG, P7S)."
        )
    words = _("The file calls itself .%(ending)s, but it is not one. Please check it.")
    return words % {"ending": other.ending}


def too_large(large: TooLarge) -> str:
    """What the limit is, and how large the file is."""
    return _("The file has %(size)s, we take at most %(limit)s.") % {
        "size": file_size(large.size),
        "limit": file_size(large.limit),
    }
