"""The command reads the plugin's block as MkDocs does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postmortems.read.config_file import ProjectError
from postmortems.read.settings_file import find_config, read_project


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
        pytest.param("plugins: [search]", 'the plugin "postmortems" is not in its plugins list', id="not switched on"),
        pytest.param("a: b: c", ":1:5: is not valid YAML: mapping values are not allowed here", id="broken"),
        pytest.param("docs_dir: nowhere\nplugins: [postmortems]", "nowhere does not exist", id="no docs folder"),
        pytest.param(f"docs_dir: {'n' * 300}\nplugins: [postmortems]", "nnn does not exist", id="too long a name"),
        pytest.param("docs_dir: 5\nplugins: [postmortems]", "docs_dir is not the name of a folder", id="a number"),
        pytest.param("x: !ENV {a: b}", ":1:4: is not valid YAML: expected a scalar or sequence", id="!ENV of a mapping"),
        pytest.param("INHERIT: mkdocs.yml", "INHERIT leads back to the same file", id="a ring"),
        pytest.param("plugins: {postmortems: {severitys: [A]}}", 'severitys: unknown option; did you', id="misspelt"),
        pytest.param("plugins: {postmortems: {time_zone: Mars}}", "time_zone: is not a time zone", id="wrong value"),
        pytest.param("plugins: {postmortems: text}", "plugins.postmortems: has no options", id="no mapping"),
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
        pytest.param(
            None,
            'plugins.postmortems.services: "services.yml" cannot be opened: No such file or directory',
            id="missing",
        ),
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
    with pytest.raises(ProjectError, match=r'"services\.yml" cannot be opened: it is a folder'):
        read_project(write(tmp_path, CATALOGUE))


def test_the_nearest_file_above_is_found(tmp_path: Path) -> None:
    config = write(tmp_path, "")
    (tmp_path / "docs" / "deep").mkdir()
    assert find_config(tmp_path / "docs" / "deep") == config


def test_no_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"no mkdocs.yml in .* or above it: name it with --config"):
        find_config(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x: 2026-13-45", ':1:4: is not valid YAML: "2026-13-45" is no timestamp'),
        ("x: 2026-02-30T25:61:00Z", ':1:4: is not valid YAML: "2026-02-30T25:61:00Z" is no timestamp'),
        ("x: !!int x", ':1:4: is not valid YAML: "x" is no int'),
        ('x: !!int ""', ':1:4: is not valid YAML: "" is no int'),
        ('- x\n- {y: !!float "_"}', ':2:7: is not valid YAML: "_" is no float'),
        ("x: !!bool perhaps", ':1:4: is not valid YAML: "perhaps" is no bool'),
        (f"x: {'9' * 5_000}", f':1:4: is not valid YAML: "{"9" * 40}" is no int'),
        (f"x: 0x{'f' * 5_000}", f':1:4: is not valid YAML: "0x{"f" * 38}" is no int'),
        ("x: {[a]: b}", ":1:5: is not valid YAML: found unhashable key"),
        ("x: *nothing", ":1:4: is not valid YAML: found undefined alias 'nothing'"),
        ("x: \x07", ":1:4: is not valid YAML: special characters are not allowed"),
        pytest.param("[" * 5_000, ": is nested too deeply", marks=pytest.mark.large),
    ],
)
def test_a_value_that_cannot_be_is_one_exact_line(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(line + "\n", "utf-8")
    with pytest.raises(ProjectError) as error:
        read_project(tmp_path / "mkdocs.yml")
    assert error.value.lines == (f"{tmp_path / 'mkdocs.yml'}{message}",)


@pytest.mark.parametrize(
    ("parent", "reason"),
    [
        ("/dev/zero", "it is a device"),
        ("pipe.yml", "it is a named pipe"),
        (".", "it is a folder"),
        ('"\\0"', "embedded null byte"),
        ("gone.yml", "No such file or directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_parent_that_is_no_file_is_one_exact_line(tmp_path: Path, parent: str, reason: str) -> None:
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "mkdocs.yml").write_text(f"INHERIT: {parent}\n", "utf-8")
    with pytest.raises(ProjectError, match=rf": cannot be read: {reason}$"):
        read_project(tmp_path / "mkdocs.yml")


def test_a_link_to_itself_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("INHERIT: self.yml\n", "utf-8")
    (tmp_path / "self.yml").symlink_to("self.yml")
    with pytest.raises(ProjectError, match="Too many levels of symbolic links"):
        read_project(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plugins: [postmortems]", True),
        ("use_directory_urls: false\nplugins: [postmortems]", False),
        ("plugins: [postmortems, offline]", False),
        ("plugins: [postmortems, material/offline]", False),
        ("plugins: {postmortems: {}, offline: {enabled: true}}", False),
        ("plugins: {postmortems: {}, offline: {enabled: false}}", True),
        ("plugins: {postmortems: {}, offline: {enabled: !ENV [PM_NO_SUCH_VARIABLE, false]}}", True),
    ],
)
def test_addresses_are_those_of_the_site(text: str, expected: bool, tmp_path: Path) -> None:
    assert read_project(write(tmp_path, text)).directory_urls is expected


def test_mappings_without_end_in_parent_and_child(tmp_path: Path) -> None:
    write(tmp_path, "extra: &a {b: *a}", "base.yml")
    with pytest.raises(ProjectError, match="is nested too deeply"):
        read_project(write(tmp_path, "INHERIT: base.yml\nextra: &a {b: *a}"))
