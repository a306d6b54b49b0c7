"""Files that no author has written: made when they are asked for, and on disk only for who asks where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.config.base import load_config
from mkdocs.structure.files import InclusionLevel

from postmortems.publish.generated_file import GeneratedFile
from postmortems.publish.source_folder import SourceFolder

Make = Callable[[str], GeneratedFile]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[SourceFolder]:
    (tmp_path / "docs").mkdir()
    found = SourceFolder(tmp_path / "docs")
    yield found
    found.remove()


@pytest.fixture
def generated(tmp_path: Path, folder: SourceFolder) -> Make:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins._current_plugin = "postmortems"

    def make(text: str) -> GeneratedFile:
        return GeneratedFile.of(config, "data/x.json", lambda: text, folder, InclusionLevel.INCLUDED)

    return make


def test_a_copy_has_the_text_and_nothing_else_is_written(generated: Make, folder: SourceFolder, tmp_path: Path) -> None:
    file = generated("Größe\n")
    file.copy_file()
    assert (tmp_path / "site/data/x.json").read_bytes() == "Größe\n".encode()
    assert folder._folder is None
    assert (file.content_string, file.content_bytes) == ("Größe\n", "Größe\n".encode())


def test_what_cannot_be_encoded_is_replaced(generated: Make) -> None:
    assert generated("a\udc80b").content_bytes == b"a?b"


def test_the_source_is_on_disk_for_who_asks_where_it_is(generated: Make) -> None:
    path = Path(generated("one").abs_src_path)
    assert path.read_text("utf-8") == "one"
    assert path.parts[-2:] == ("data", "x.json")


def test_a_text_that_is_made_in_another_way_replaces_the_one_on_disk(generated: Make) -> None:
    file = generated("")
    path = Path(file.abs_src_path)
    file.remake(lambda: "two", lambda _: False)
    assert path.read_text("utf-8") == file.content_string == "two"


@pytest.mark.parametrize("is_asked_before", [False, True])
def test_another_plugins_text_comes_in_its_place(generated: Make, is_asked_before: bool, tmp_path: Path) -> None:
    file = generated("ours")
    if is_asked_before:
        assert Path(file.abs_src_path).read_text("utf-8") == "ours"
    file.content_string = "theirs"
    file.copy_file()
    assert Path(file.abs_src_path).read_text("utf-8") == "theirs"
    assert (tmp_path / "site/data/x.json").read_text("utf-8") == "theirs"


def test_a_file_that_is_right_is_not_made(generated: Make, tmp_path: Path) -> None:
    file = generated("one")
    file.copy_file()
    seen: list[bytes] = []
    file.remake(lambda: "two", lambda data: not seen.append(data))
    file.copy_file()
    assert seen == [b"one"]
    assert (tmp_path / "site/data/x.json").read_bytes() == b"one"
    file.content_string = "given"
    file.copy_file()
    assert (tmp_path / "site/data/x.json").read_bytes() == b"given"
