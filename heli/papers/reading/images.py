"""A picture is drawn anew: turned upright, small enough, and nothing in it but what one sees.

Where it was taken, by which telephone and when, thumbnails, comments and whatever else hangs on the file stay behind.
"""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from .kept import Kept, Refused

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
# A JPEG is shrunk while it is read, the others are unpacked whole first.
MOST_PIXELS = {"jpeg": 65_000_000, "png": 30_000_000, "webp": 30_000_000}
LONGEST = 1600
AIM = 300 * 1024
SMALLER = ((1600, 85), (1600, 75), (1600, 65), (1280, 70), (1280, 55))
Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())


def kept(data: bytes, kind: str) -> Kept:
    return Kept("image/jpeg", small(_upright(data, kind)))


def _upright(data: bytes, kind: str) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=[FORMATS[kind]])
        if picture.width * picture.height > MOST_PIXELS[kind]:
            raise Refused("image_flood")
        picture.draft("RGB", (LONGEST, LONGEST))
        return _plain(ImageOps.exif_transpose(_shrunk(picture)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Refused("image_flood") from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, ArithmeticError) as error:
        raise Refused("image_broken") from error


def _shrunk(picture: Image.Image) -> Image.Image:
    """Small before anything else is done with it: the whole of it lies in memory once only."""
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if clear else "RGB")
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """RGB; what one could see through stands on white."""
    if picture.mode == "RGBA":
        ground = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(ground, picture).convert("RGB")
    return picture.convert("RGB")


def small(picture: Image.Image) -> bytes:
    """As a JPEG of about AIM bytes, or the smallest that is still read with ease."""
    made = b""
    for made in _tries(picture):
        if len(made) <= AIM:
            break
    return made


def _tries(picture: Image.Image) -> Iterator[bytes]:
    picture = Image.frombytes("RGB", picture.size, picture.tobytes())  # nothing hangs on a picture of bare points
    for longest, quality in SMALLER:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=quality, optimize=True)
        yield target.getvalue()
