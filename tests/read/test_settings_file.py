"""The command reads the plugin's block as MkDocs does."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.read.settings_file import ProjectError, find_config, read_project


def write(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


@pytest.mark.parametrize(
    "plugins",
    [
        pytest.param("[search, {postmortems: {time_zone: Europe/Berlin}}]", id="a list"),
        pytest.param("{search: {}, postmortems: {time_zone: Europe/Berlin}}", id="a mapping"),
        pytest.param("[{postmortems: {time_zone: !ENV [PM_NO_SUCH_VARIABLE, Europe/Berlin]}}]", id="a default of !ENV"),
        pytest.param("[{postmortems: {time_zone: !ENV PM_ZONE}}]", id="!ENV"),
        pytest.param(
            "[{other: !!python/name:a.b ''}, {x: !relative y}, {postmortems: {time_zone: Europe/Berlin}}]",
            id="tags of others",
        ),
    ],
)
def test_the_block_is_found(plugins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PM_ZONE", "Europe/Berlin")
    project = read_project(write(tmp_path, f"site_name: x\nplugins: {plugins}\n"))
    assert project.settings.time_zone == "Europe/Berlin"
    assert project.docs == tmp_path / "docs"


def test_the_plugin_without_options_has_the_defaults(tmp_path: Path) -> None:
    assert read_project(write(tmp_path, "plugins: [postmortems]")).settings.time_zone == "UTC"


def test_a_parent_is_merged_below(tmp_path: Path) -> None:
    write(tmp_path, "docs_dir: docs\nplugins: {postmortems: {time_zone: Asia/Tokyo, corpus: sample}}", "base.yml")
    project = read_project(write(tmp_path, "INHERIT: base.yml\nplugins: {postmortems: {corpus: complete}}"))
    assert (project.settings.time_zone, project.settings.corpus) == ("Asia/Tokyo", "complete")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("plugins: [search]", 'the plugin "postmortems" is not among its plugins', id="not switched on"),
        pytest.param("a: b: c", ":1:5: is not valid YAML: mapping values are not allowed here", id="broken"),
        pytest.param("docs_dir: nowhere\nplugins: [postmortems]", "nowhere does not exist", id="no docs folder"),
        pytest.param("INHERIT: mkdocs.yml", "INHERIT leads back to the same file", id="a ring"),
        pytest.param("plugins: {postmortems: {severitys: [A]}}", 'severitys: unknown option; did you', id="misspelt"),
        pytest.param("plugins: {postmortems: {time_zone: Mars}}", "time_zone: is not a time zone", id="wrong value"),
        pytest.param("plugins: {postmortems: text}", "plugins.postmortems: holds no options", id="no mapping"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as error:
        read_project(write(tmp_path, text))
    assert len(error.value.lines) == 1
    assert message in error.value.lines[0]


CATALOGUE = "plugins: {postmortems: {services: services.yml}}"


def test_the_catalogue_of_services_lies_beside_the_file(tmp_path: Path) -> None:
    write(tmp_path, "- api\n", "services.yml")
    catalogue = read_project(write(tmp_path, CATALOGUE)).catalogue
    assert catalogue is not None
    assert [service.name for service in catalogue.services] == ["api"]


def test_without_the_setting_there_is_no_catalogue(tmp_path: Path) -> None:
    write(tmp_path, "- api\n", "services.yml")
    assert read_project(write(tmp_path, "plugins: [postmortems]")).catalogue is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(None, 'plugins.postmortems.services: "services.yml" is no file', id="missing"),
        pytest.param(
            "a: b: c", "plugins.postmortems.services: services.yml:1:5: the catalogue is not valid YAML", id="broken"
        ),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_one_line(text: str | None, message: str, tmp_path: Path) -> None:
    if text is not None:
        write(tmp_path, text, "services.yml")
    with pytest.raises(ProjectError) as error:
        read_project(write(tmp_path, CATALOGUE))
    assert len(error.value.lines) == 1
    assert message in error.value.lines[0]


def test_a_folder_is_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / "services.yml").mkdir()
    with pytest.raises(ProjectError, match=r'"services\.yml" is a folder'):
        read_project(write(tmp_path, CATALOGUE))


def test_the_nearest_file_above_is_found(tmp_path: Path) -> None:
    config = write(tmp_path, "")
    (tmp_path / "docs" / "deep").mkdir()
    assert find_config(tmp_path / "docs" / "deep") == config


def test_no_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"no mkdocs.yml in .* or above it: name it with --config"):
        find_config(tmp_path)
