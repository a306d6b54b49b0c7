"""Steps that the commands `generate`, `build` and `serve` share."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from postmortems.cli.entry import importing
from postmortems.cli.generated_folder import CONFIG, NotOursError, Written, refuse_place, write_site
from postmortems.cli.project import open_project, refuse
from postmortems.cli.streams import say, tell
from postmortems.read.settings_file import Project
from postmortems.text.spelling import count_words

BUILDERS = ("zensical",)
DEFAULT = Path("build", "zensical")

with_option = click.option(
    "--with",
    "builder",
    metavar="PROGRAM",
    type=click.Choice(BUILDERS),
    required=True,
    help="The program that makes the site of the generated pages: zensical.",
)
out_option = click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=f"Folder for the generated pages and, below it, the site (default: {DEFAULT.as_posix()} beside mkdocs.yml).",
)


def opened(config: Path | None, folder: Path | None) -> tuple[Project, Path]:
    """The knowledge base and the folder of its generated site; ends the command where either cannot be used."""
    project = open_project(config)
    target = folder or project.config.parent / DEFAULT
    try:
        refuse_place(target, project.docs)
    except NotOursError as error:
        refuse(*error.lines)
    return project, target


def generate(project: Project, folder: Path, *, strict: bool = False, preview: bool = False) -> tuple[Path, ...]:
    """Write the pages of a site into its folder, and say how many; returns what they are made of. Ends the command
    where the check refuses them, before anything is written."""
    # MkDocs takes a quarter of a second to load.
    with importing():
        from postmortems.publish.as_markdown.site import RefusedError, markdown_site

    try:
        with markdown_site(project.config, _pass_on, strict=strict, preview=preview) as site:
            done = write_site(folder, site.texts, site.copies)
    except NotOursError as error:
        refuse(*error.lines)
    except RefusedError as error:
        _pass_on(str(error))
        raise SystemExit(error.exit_code) from None
    except OSError as error:
        refuse(f"{error.filename or folder}: cannot write: {error.strerror or error}")
    say(f"{folder}: {told(site.pages, done)}")
    return site.watched


def _pass_on(text: str) -> None:
    """Say what MkDocs or a plugin has logged, whose lines stay as they are; the plugin's own texts name it already."""
    first, *more = text.split("\n")
    (tell if first.startswith("postmortems: ") else say)(first)
    tell(*more)


def told(pages: int, done: Written) -> str:
    """Words on what was written."""
    removed = f", {done.removed} removed" if done.removed else ""
    return f"{count_words(pages, 'page')}; {count_words(done.written, 'file')} written{removed}"


def command_of(builder: str, verb: str, folder: Path) -> list[str]:
    """The command line that starts a builder; ends the command where it is not installed."""
    beside = shutil.which(builder, path=str(Path(sys.executable).parent)) or shutil.which(builder)
    if beside is None:
        refuse(f"{builder} is not installed: run `pip install {builder}`, then this command again")
    return [beside, verb, "--config-file", str(folder / CONFIG)]
