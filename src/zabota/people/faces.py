"""Making a face from an uploaded picture: checked, cut square, small, without metadata."""

import warnings
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from zabota.people.refusal import Refused

PHOTO_LIMIT = 5 * 1024 * 1024
PIXEL_LIMIT = 50_000_000
SIDE = 256
FORMATS = ("JPEG", "PNG", "WEBP")


def drawn_face(data: bytes) -> bytes:
    """The middle of the picture as a WebP of 256×256; Refused says what is wrong with it."""
    if len(data) > PHOTO_LIMIT:
        raise Refused("photo_too_large", _("The photo is larger than 5 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > PIXEL_LIMIT:
                raise Refused("photo_too_large", _("The photo has more than 50 megapixels."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Refused(
            "not_a_photo", _("This is not a photo we can read. JPEG, PNG and WebP will do.")
        ) from None
    square = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    Image.frombytes("RGB", square.size, square.tobytes()).save(out, "WEBP", quality=82)
    return out.getvalue()
