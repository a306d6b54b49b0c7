"""`postmortems fmt`: one form for what can be written in several, before a commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from postmortems.check.masking import Masking
from postmortems.check.selection import is_below
from postmortems.cli.fixing import Shown, counted, print_diff, write_fixed
from postmortems.cli.paths import below_docs, missing_paths, to_be_changed
from postmortems.cli.progress import shown_progress
from postmortems.cli.project import config_option, open_project, refuse
from postmortems.cli.streams import print_lines, tell
from postmortems.fix.document import Document
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.format import formatted
from postmortems.model.corpus import Corpus
from postmortems.read.corpus import OnProgress
from postmortems.read.files import list_files
from postmortems.read.likely import nothing_found
from postmortems.read.mounts import shown_from
from postmortems.read.opening import open_file
from postmortems.settings import Settings
from postmortems.text.terminal import escape_controls


@click.command("fmt")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--diff", is_flag=True, help="Show a diff on stdout; write nothing.")
@click.option("--check", is_flag=True, help="List files that would change and fail if there are any; write nothing.")
@config_option
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], diff: bool, check: bool, config: Path | None) -> None:
    """Format postmortems and patterns: all, or only PATHs (files or folders).

    It rewrites times in the front matter, checkboxes of action items, the order of timelines, and byte order marks.
    The content never changes; ambiguous text is left as it is.

    Exit codes: 0 done; 1 with --check, a file would change; 2 invalid usage, or a file that cannot be read or written.

    \b
    Examples:
      postmortems fmt
      postmortems fmt docs/postmortems/2026/03-checkout-latency/postmortem.md
      postmortems fmt --diff
      postmortems fmt --check
    """
    if problems := missing_paths(paths):
        refuse(*problems)
    project = open_project(config)
    shown = shown_from(Path.cwd(), project.docs)
    files: list[FixedFile] = []
    with shown_progress("Reading") as progress:
        for result in _formatted(project.docs, below_docs(paths, project.docs), project.settings, progress):
            if isinstance(result, FixedFile):
                files.append(result)
            else:
                problems.append(f"{escape_controls(shown(result[0]))}: skipped: {result[1]}")
    would_change = bool(files)
    if diff:
        print_diff(files, shown, lambda file: _masking(file, project.settings))
    elif check:
        _print_names(files, shown)
    else:
        files, unwritten = write_fixed(project.docs, files, shown)
        problems += unwritten
    tell(f"{'would format' if diff or check else 'formatted'} {counted(len(files), 'file')}")
    if problems:
        refuse(*problems)
    context.exit(1 if check and would_change else 0)


def _formatted(
    docs: Path, wanted: tuple[str, ...], settings: Settings, progress: OnProgress | None
) -> Iterator[FixedFile | tuple[str, str]]:
    """Each file that would change; for one that cannot be read its path, and why."""
    tree = list_files(docs)
    if not tree.postmortems(settings):
        refuse(nothing_found(docs, tree, settings))
    paths = [
        path
        for path in (*tree.postmortems(settings), *tree.patterns(settings))
        if is_below(path, wanted) and to_be_changed(path, wanted, docs)
    ]
    for count, path in enumerate(paths, 1):
        data, problem = open_file(tree.root, path)
        document = Document(path, data, settings)
        if reason := problem.message if problem else document.unreadable:
            yield path, reason
        elif found := formatted(document):
            yield found
        if progress:
            progress(count, len(paths))


def _masking(file: FixedFile, settings: Settings) -> Masking:
    """Masking of one file's secrets and personal data."""
    document = Document(file.path, file.before, settings)
    corpus = Corpus() if document.is_pattern else Corpus(postmortems=(document.postmortem,))
    return Masking.of(corpus, settings.personal_data)


def _print_names(files: list[FixedFile], shown: Shown) -> None:
    print_lines(*(escape_controls(shown(file.path)) for file in files))
