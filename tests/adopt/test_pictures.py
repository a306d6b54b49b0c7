"""Pictures that stand in the text."""

from __future__ import annotations

from base64 import b64encode

import pytest

from postmortems.adopt.pictures import without_pictures

PNG = b64encode(b"hello").decode()
OTHER = b64encode(b"other").decode()


@pytest.mark.parametrize(
    ("text", "expected", "files"),
    [
        (f"[image1]: <data:image/png;base64,{PNG}>", "[image1]: <artifacts/image1.png>", {"artifacts/image1.png"}),
        (
            f"![a](data:image/jpeg;base64,{PNG}) ![b](data:image/svg+xml;base64,{OTHER})\r\n",
            "![a](artifacts/picture-1.jpg) ![b](artifacts/picture-2.svg)\r\n",
            {"artifacts/picture-1.jpg", "artifacts/picture-2.svg"},
        ),
        (
            f"[x]: data:image/png;base64,{PNG}\n[x]: data:image/png;base64,{OTHER}\n[x]: data:image/png;base64,{PNG}\n",
            "[x]: artifacts/x.png\n[x]: artifacts/x-2.png\n[x]: artifacts/x.png\n",
            {"artifacts/x.png", "artifacts/x-2.png"},
        ),
        ("data:image/png;base64,AAAAA", "data:image/png;base64,AAAAA", set()),
        ("data:text/html;base64,aGVsbG8=", "data:text/html;base64,aGVsbG8=", set()),
    ],
)
def test_pictures_become_files(text: str, expected: str, files: set[str]) -> None:
    data, pictures = without_pictures(text.encode())
    assert (data.decode(), set(pictures)) == (expected, files)


def test_a_document_with_large_pictures_is_read_whole() -> None:
    large = b64encode(bytes(3_000_000)).decode()
    data, pictures = without_pictures(f"# Slow\n\n[image1]: <data:image/png;base64,{large}>\n".encode())
    assert data == b"# Slow\n\n[image1]: <artifacts/image1.png>\n"
    assert len(pictures["artifacts/image1.png"]) == 3_000_000
