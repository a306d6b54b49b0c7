"""Files of an export that hold no JSON, or more than is read."""

from __future__ import annotations

import json

import pytest

from postmortems.adopt.exports.json_file import DEEPEST, JsonFile, read_json, read_json_files, too_large
from postmortems.adopt.exports.json_object import JsonObject, moment_of_epoch, read_moment


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b' {"a": 1,\n "b" 2}', "line 2: the file is not JSON: a colon is missing after a key"),
        (b'{"a": 1', "line 1: the file is not JSON: a comma or a closing bracket is missing"),
        (b'{"a": NaN}', 'line 1: the file is not JSON: "N" is unexpected'),
        (b"PK\x03\x04\x14", "a zip archive: unpack it, and import the folder"),
        (b"\x1f\x8b\x08", "a compressed file: unpack it, and import its contents"),
        (b"%PDF-1.7", "a PDF, which is not read: export the text as Markdown or JSON"),
        ('{"a": "ü"}'.encode("latin-1"), "the file is not UTF-8 text: byte 0xfc cannot be read; save it as UTF-8"),
        (b"[" * 5_000, "line 1: the file is not JSON: it is nested too deeply"),
        (
            b"[" * 120 + b"]" * 120,
            f"the file is not read: its values are nested more than {DEEPEST} levels deep",
        ),
    ],
)
def test_why_a_file_is_not_read(data: bytes, reason: str) -> None:
    assert read_json("a.json", data) == JsonFile("a.json", reason=reason)


def test_a_file_of_200_mb_is_one_line() -> None:
    assert too_large(200 * 1024 * 1024) == (
        "the file is 209,715,200 bytes; only 67,108,864 are read: export a shorter period into each file"
    )
    assert read_json("a.json", bytes(64 * 1024 * 1024 + 1)).reason == too_large(64 * 1024 * 1024 + 1)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}\n{"a": 2}\n',
        b'[{"a": 1}][{"a": 2}]',  # pages, one behind the other
        b'\xef\xbb\xbf[{"a": 1}, {"a": 2}]',
        '[{"a": 1}, 7, {"a": 2}]'.encode("utf-16"),
    ],
)
def test_several_values_and_encodings(data: bytes) -> None:
    assert [one.text("a") for one in read_json("a.json", data).objects()] == ["1", "2"]


def test_which_files_are_meant_to_be_json() -> None:
    files = {"b.JSON": b"{}", "a.md": b"{}", "c": b" [1]", "d": b"text", "e.png": b"{}"}
    assert [file.path for file in read_json_files(files)] == ["b.JSON", "c"]


def test_values_of_a_shape_that_nobody_expected() -> None:
    one = JsonObject(
        json.loads('{"a": {"b": ["x", 1, null, true, {"c": 2}]}, "n": 412, "f": 1e400, "s": "\\ud800a\\u0000"}')
    )
    assert (one.text("a"), one.text("a", "b"), one.text("a", "b", "c"), one.text("z", "y")) == ("", "", "", "")
    assert (one.texts("a", "b"), [o.text("c") for o in one.objects("a", "b")]) == (("x", "1"), ["2"])
    assert (one.text("n"), one.text("f"), one.text("s")) == ("412", "", "a")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-02T15:21:07+01:00", "2026-03-02T14:21:07+00:00"),
        ("2026-03-02T14:21:07.123456789Z", "2026-03-02T14:21:07.123456+00:00"),
        ("2026-03-02T14:21:07.000+0000", "2026-03-02T14:21:07+00:00"),
        ("2026-03-02 14:21:07 UTC", "2026-03-02T14:21:07+00:00"),
        ("2026-03-02", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_times(text: str, at: str | None) -> None:
    moment = read_moment(text)
    assert (moment.at.isoformat() if moment else None) == at


def test_a_time_without_a_zone_says_so() -> None:
    moment = read_moment("2026-03-02T14:21:07")
    assert moment is not None
    assert not moment.zone_stated
    assert moment_of_epoch("1772461267.000200").at.isoformat() == "2026-03-02T14:21:07.000200+00:00"  # type: ignore[union-attr]
    assert moment_of_epoch("99999999999999") is None
