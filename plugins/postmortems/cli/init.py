"""`postmortems init`: from nothing, or from a site that exists, to a knowledge base that builds."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import suppress
from datetime import UTC, datetime, time
from pathlib import Path

import click

from postmortems.check.masking import Masking
from postmortems.cli.fixing import counted, print_diff
from postmortems.cli.project import refuse
from postmortems.cli.streams import is_terminal, print_lines, say, tell
from postmortems.cli.whole_file import write_whole
from postmortems.fix.fixed_file import FixedFile
from postmortems.model.corpus import Corpus
from postmortems.model.language import Language
from postmortems.model.personal_data import PersonalData
from postmortems.pipeline import today_utc
from postmortems.read.config_file import ProjectError, load_config
from postmortems.read.files import list_files
from postmortems.read.git import GitError, Repository, repository_root
from postmortems.read.settings_file import FILE_NAMES
from postmortems.start.ci_files import can_have_ci
from postmortems.start.existing_site import ExistingSite, into_site
from postmortems.start.forge import Forge, forge_of
from postmortems.start.plan import StartPlan, StartValues, new_site
from postmortems.start.requirement import own_requirement
from postmortems.start.site_config import SiteConfigError
from postmortems.text.terminal import escape_controls

_LONGEST_NAME = 200


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Name of the site (default: name of the folder).")
@click.option(
    "--ci",
    type=click.Choice([forge.value for forge in Forge]),
    help="Where CI runs (default: detected from the repository's remote or files, otherwise none).",
)
@click.option(
    "--language",
    metavar="CODE",
    type=click.Choice([language.value for language in Language]),
    help="Language of the postmortems and their template, such as nb (default: from the settings; en for a new site).",
)
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.pass_context
def command(
    context: click.Context, folder: Path, name: str | None, ci: str | None, language: str | None, yes: bool
) -> None:
    """Create a knowledge base in DIR (default: this folder) that passes the check and builds as it is.

    Without a mkdocs.yml, it writes one, with patterns, templates, a first record, requirements, hooks and CI. With one,
    it adds the plugin, its pages and its documents, and shows the change first. Existing files are never
    overwritten.

    In a terminal, it asks before writing. Elsewhere it writes only with --yes; otherwise it lists what it would do.

    \b
    Exit codes: 0 written, or all files exist; 1 written, except a file that exists with other contents;
    2 nothing written: invalid usage, no --yes, or an unusable folder or mkdocs.yml.

    \b
    Examples:
      postmortems init handbook
      postmortems init handbook --name "Postmortems of Payments" --ci github --yes
      postmortems init --yes
    """
    asks = not yes and (
        context.obj if isinstance(context.obj, bool) else is_terminal(sys.stdin) and is_terminal(sys.stdout)
    )
    shown = escape_controls(str(folder))
    if os.path.lexists(folder) and not folder.is_dir():
        refuse(f"{shown}: is a file, not a folder" if folder.exists() else f"{shown}: is a broken link")
    root = repository_root(folder / "docs")
    below = "" if root is None or root == folder.resolve() else folder.resolve().relative_to(root).as_posix()
    config = next((folder / known for known in FILE_NAMES if os.path.lexists(folder / known)), None)
    try:
        forge = Forge(ci) if ci else (_forge(root or folder, root) if config is None else Forge.NONE)
        if asks and config is None:
            name = name or click.prompt("Name of the site", default=_default_name(folder), value_proc=_checked_name)
            if language is None:
                languages = click.Choice([known.value for known in Language])
                language = click.prompt("Language of the postmortems", default=Language.ENGLISH.value, type=languages)
            if ci is None and can_have_ci(below):
                choices = click.Choice([known.value for known in Forge])
                forge = Forge(click.prompt("CI", default=forge.value, type=choices))
        if not can_have_ci(below) and forge is not Forge.NONE:
            if ci:
                refuse(f"--ci: the folder {escape_controls(below)} cannot be named in a file of CI; choose none")
            forge = Forge.NONE
        values = StartValues(
            name=_checked_name(_default_name(folder) if name is None else name),
            forge=forge,
            requirement=own_requirement(),
            now=_now(),
            language=Language(language) if language else None,
            below=below,
        )
        plan = _plan(folder, config, values)
        _refuse_obstacles(folder, plan)
        _show(folder, plan, is_new=config is None)
        if plan.files and not yes and not (asks and click.confirm("Write them?", default=True)):
            refuse("nothing written" if asks else "nothing written: add --yes to write")
    except click.Abort:
        tell("")
        refuse("nothing written")
    _write(folder, plan)
    _conclude(folder, plan, values, is_new=config is None, has_git=root is not None)
    context.exit(1 if plan.kept else 0)


def _now() -> datetime:
    """The present; noon of the day from which all else counts, where that is another one."""
    now, today = datetime.now(UTC), today_utc()
    return now if now.date() == today else datetime.combine(today, time(12), UTC)


def _default_name(folder: Path) -> str:
    return folder.resolve().name or "Postmortems"


def _checked_name(name: str) -> str:
    if not name.strip():
        raise click.BadParameter("the name is empty", param_hint="--name")
    if len(name.splitlines()) > 1 or not name.isprintable():
        raise click.BadParameter("the name is not one line of text", param_hint="--name")
    if len(name) > _LONGEST_NAME:
        raise click.BadParameter(f"the name has more than {_LONGEST_NAME} characters", param_hint="--name")
    return name.strip()


def _forge(folder: Path, root: Path | None) -> Forge:
    remote = ""
    if root is not None:
        with suppress(GitError):
            remote = Repository(root).answer("config", "--get", "remote.origin.url").strip()
    return forge_of(remote, lambda path: (folder / path).exists()) or Forge.NONE


def _plan(folder: Path, config: Path | None, values: StartValues) -> StartPlan:
    """The plan for a folder; ends the command where its site cannot be part of one."""

    def read(path: str) -> bytes | None:
        file = _place(folder, path)
        if not os.path.lexists(file):
            return None
        # What is no file is there all the same, and stays.
        return file.read_bytes() if file.is_file() else b""

    if config is None:
        documents = list_files(folder / "docs").files if (folder / "docs").is_dir() else ()
        return new_site(values, any(path.startswith("postmortems/") for path in documents), read)
    try:
        merged = load_config(config)
        docs = merged.get("docs_dir") or "docs"
        if not isinstance(docs, str) or not (folder / docs).is_dir():
            raise ProjectError(f"{config}: the docs folder {escape_controls(str(docs))} does not exist")
        documents = tuple(path for path in list_files(folder / docs).files if path.endswith(".md"))
        site = ExistingSite(config.name, config.read_bytes().decode("utf-8"), merged, docs.rstrip("/"), documents)
        return into_site(site, values, read)
    except ProjectError as error:
        refuse(*error.lines)
    except SiteConfigError as error:
        refuse(f"{escape_controls(str(config))}: {error}")


def _refuse_obstacles(folder: Path, plan: StartPlan) -> None:
    """End the command where a file could not be written, before any has been."""
    for file in plan.files:
        path = _place(folder, file.path)
        if file.before is not None and not os.access(path, os.W_OK):
            refuse(f"{escape_controls(str(path))}: cannot write: Permission denied")
        parents = [_place(folder, str(parent)) for parent in Path(file.path).parents]
        there = next(place for place in (*parents, *folder.resolve().parents) if os.path.lexists(place))
        if not there.is_dir():
            refuse(f"{escape_controls(str(there))}: is a file, and {file.path} needs a folder there")
        if not os.access(there, os.W_OK):
            refuse(f"{escape_controls(str(there))}: cannot write: Permission denied")


def _show(folder: Path, plan: StartPlan, *, is_new: bool) -> None:
    """Say what will be written: new files by name, changes of others as a diff."""
    new = [file for file in plan.files if file.before is None]
    if new:
        print_lines(f"{counted(len(new), 'file')} to write in {escape_controls(str(folder))}:")
        print_lines(*(f"  {escape_controls(file.path)}" for file in new))
    changed = [FixedFile(file.path, file.before, file.after) for file in plan.files if file.before is not None]
    print_diff(changed, str, lambda _: Masking.of(Corpus(), PersonalData()))


def _write(folder: Path, plan: StartPlan) -> None:
    """Write the files in their order, each whole or not at all; ends the command at the first that cannot be."""
    for number, file in enumerate(plan.files):
        path = _place(folder, file.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if _current(path) != file.before:
                raise FileExistsError(17, "it was changed since it was read")
            write_whole(path, file.after)
        except OSError as error:
            done = f"{counted(number, 'file')} written; run this again for the others"
            refuse(f"{escape_controls(str(path))}: cannot write: {error.strerror or error}; {done}")


def _place(folder: Path, path: str) -> Path:
    """The place of a file of the plan: below the folder, or in that of the repository around it."""
    return Path(os.path.normpath(folder.resolve() / path)) if path.startswith("../") else folder / path


def _current(path: Path) -> bytes | None:
    return path.read_bytes() if os.path.lexists(path) else None


def _conclude(folder: Path, plan: StartPlan, values: StartValues, *, is_new: bool, has_git: bool) -> None:
    """Say what was done, what was not, and the next three commands."""
    go = "" if folder.resolve() == Path.cwd() else f"cd {escape_controls(shlex.quote(str(folder)))} && "
    for path in plan.kept:
        say(f"{escape_controls(str(folder / path))}: exists with other contents; not modified")
    if values.requirement.is_local and any(file.path == "requirements.txt" for file in plan.files):
        say(f"requirements.txt: {values.requirement.line} exists only on this machine, so CI cannot install it yet")
    if values.below:
        say(
            f"{escape_controls(str(folder))} lies inside another repository, whose root is where pre-commit is read: no"
            " file for it was written; the guide's page existing-site.md says what to add"
        )
    if is_new and values.forge is Forge.NONE:
        named = f" {escape_controls(shlex.quote(str(folder)))}" if go else ""
        say(f"no files for CI were written; `postmortems init{named} --ci github` or `--ci gitlab` adds them")
    done = f"{counted(len(plan.files), 'file')} written" if plan.files else "nothing to write: all files exist"
    commit = "git add --all && git commit -m 'Add a postmortem knowledge base'"
    print_lines(
        done,
        "Next:",
        f"  {go}mkdocs serve",
        '  postmortems new "What happened"',
        f"  {'' if has_git else 'git init && '}{commit}",
    )
