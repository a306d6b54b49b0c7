"""Pictures in the text itself, as Google Docs and editors put them there: taken out as files.

What stays is a link to the file, on the same line. It is done on bytes, before anything is read: with its pictures a
document may be larger than what is read.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping

ARTIFACTS = "artifacts"

_PICTURE = re.compile(
    rb"data:image/(png|jpe?g|gif|webp|svg\+xml|bmp|x-icon);base64,([A-Za-z0-9+/]{4,}={0,2})(?![A-Za-z0-9+/=])", re.I
)
_LABEL = re.compile(rb"\[([A-Za-z0-9_-]{1,40})\]:\s{0,8}<?$")
_ENDINGS = {b"jpeg": "jpg", b"svg+xml": "svg", b"x-icon": "ico"}


def without_pictures(data: bytes) -> tuple[bytes, Mapping[str, bytes]]:
    """A document with a link in place of each picture in it, and the pictures by the path of their file.

    The path is below the folder of the postmortem. What is no sound base64 stays as it is.
    """
    if b";base64," not in data:
        return data, {}
    pictures: dict[str, bytes] = {}

    def link(found: re.Match[bytes]) -> bytes:
        try:
            content = b64decode(found[2], validate=True)
        except binascii.Error:
            return found[0]
        kind = found[1].lower()
        ending = _ENDINGS.get(kind, kind.decode())
        label = _LABEL.search(data, max(0, found.start() - 60), found.start())
        name = label[1].decode() if label else f"picture-{len(pictures) + 1}"
        path = f"{ARTIFACTS}/{name}.{ending}"
        while pictures.get(path, content) != content:
            path = f"{ARTIFACTS}/{name}-{len(pictures) + 1}.{ending}"
        pictures[path] = content
        return path.encode()

    return _PICTURE.sub(link, data), pictures
