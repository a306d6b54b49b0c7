"""The plugin's settings as MkDocs hands them over, and the catalogue of services that they name."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from postmortems.publish.plugin import PostmortemsPlugin

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[Mapping[str, str | bytes]], Path]

SERVICES = {"services": "services.yml"}
CONFIG = "site_name: x\ntheme: {name: material, font: false}\nplugins: [{postmortems: {services: services.yml}}]\n"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "option 'services': \"services.yml\" cannot be opened: No such file or directory"),
        (
            {"services.yml": "- a\n- {owner: b}\n"},
            "option 'services': services.yml:2:3: a service has no \"name\"",
        ),
    ],
    ids=["missing", "broken"],
)
def test_a_catalogue_that_cannot_be_used_is_an_error_of_mkdocs(
    files: dict[str, str | bytes], message: str, write: Write, run_in: Run
) -> None:
    done = run_in(write({"mkdocs.yml": CONFIG} | files), "mkdocs", "build")
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_service_outside_the_catalogue_fails_the_build(write: Write, run_in: Run) -> None:
    done = run_in(write({"mkdocs.yml": CONFIG, "services.yml": "- search\n"}), "mkdocs", "build", "-q")
    assert done.returncode == 1
    assert 'PM011 unknown-service [error]\n  "checkout" is not in the service catalogue' in done.stderr


def test_a_preview_keeps_the_catalogue_that_it_had(tmp_path: Path) -> None:
    plugin = PostmortemsPlugin()
    plugin.on_startup(command="serve", dirty=False)
    config, catalogue = str(tmp_path / "mkdocs.yml"), tmp_path / "services.yml"

    catalogue.write_text("- api\n", "utf-8")
    assert plugin.load_config(dict(SERVICES), config) == ([], [])
    first = plugin.catalogue
    assert first is not None

    catalogue.write_text("- [api\n", "utf-8")
    errors, ((option, message),) = plugin.load_config(dict(SERVICES), config)
    assert (errors, option) == ([], "services")
    assert message.startswith("services.yml:1:3: the catalogue is not valid YAML")
    assert plugin.catalogue is first

    catalogue.write_text("- api\n- search\n", "utf-8")
    plugin.load_config(dict(SERVICES), config)
    assert plugin.catalogue is not None
    assert [service.name for service in plugin.catalogue.services] == ["api", "search"]


def test_without_the_setting_a_preview_forgets_the_catalogue(tmp_path: Path) -> None:
    plugin = PostmortemsPlugin()
    (tmp_path / "services.yml").write_text("- api\n", "utf-8")
    plugin.load_config(dict(SERVICES), str(tmp_path / "mkdocs.yml"))
    plugin.load_config({}, str(tmp_path / "mkdocs.yml"))
    assert plugin.catalogue is None
