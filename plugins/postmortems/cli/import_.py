"""`postmortems import`: other people's records become postmortems of this knowledge base."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from postmortems.adopt.plan import plan_data
from postmortems.adopt.plan_text import plan_lines
from postmortems.adopt.sources.registry import NAMES
from postmortems.cli.data_format import put
from postmortems.cli.import_findings import finding_lines, next_lines
from postmortems.cli.import_summary import register_lines
from postmortems.cli.import_writing import write_import
from postmortems.cli.importing import begin_import
from postmortems.cli.paths import missing_paths
from postmortems.cli.project import config_option, open_project, refuse
from postmortems.cli.streams import print_lines
from postmortems.read.config_file import ProjectError
from postmortems.read.settings_file import FILE_NAMES, NoConfigError, Project, find_config
from postmortems.settings import Settings
from postmortems.text.spelling import listed, only_near
from postmortems.text.terminal import escape_controls


class _Table(click.ParamType[Mapping[str, str]]):
    """Words of the records and what each means here: `P1=SEV1,High=SEV2`."""

    name = "table"

    def convert(
        self, value: str | Mapping[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Mapping[str, str]:
        if not isinstance(value, str):
            return value
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        if wrong := next((word for word, sign, name in pairs if not (word.strip() and sign and name.strip())), None):
            self.fail(f'"{wrong}" lacks its other half; write P1=SEV1,High=SEV2', param, ctx)
        return {word.strip(): name.strip() for word, _, name in pairs}


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option("--from", "name", type=click.Choice(NAMES), help="Format of the source (default: detected).")
@click.option("--write", is_flag=True, help="Write the postmortems. Without it, nothing changes.")
@click.option("--commit", is_flag=True, help="With --write: commit the moves, then the written files.")
@click.option("--diff", is_flag=True, help="Show a diff of each document instead of the plan.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Format of the plan: text or json."
)
@click.option(
    "--severity",
    "severities",
    metavar="TABLE",
    type=_Table(),
    default={},
    help="Map the records' severities to yours, such as P1=SEV1,High=SEV2.",
)
@click.option(
    "--names", is_flag=True, help="Keep the names of people from chats and pagers, instead of roles or initials."
)
@config_option
def command(
    sources: tuple[Path, ...],
    name: str | None,
    write: bool,
    commit: bool,
    diff: bool,
    form: str,
    severities: Mapping[str, str],
    names: bool,
    config: Path | None,
) -> None:
    """Import existing incident records as postmortems: a folder of documents, or the files of an export.

    Without --write, it shows a plan and changes nothing. Each value is stated in the record, derived from it (marked
    with ?), or unknown. Text is kept as it is, under a new front matter. Documents in the knowledge base's repository
    are moved with their history; others are copied. A second run changes nothing, or completes an interrupted one.

    \b
    Exit codes: 0 done; 1 done, except for unreadable files; 2 invalid usage or settings, nothing readable,
    or files that cannot be written.

    \b
    Examples:
      postmortems import ../old-postmortems
      postmortems import ../old-postmortems --severity P1=SEV1,P2=SEV2,High=SEV2 --diff
      postmortems import docs/incidents --write --commit
      postmortems import ../old-postmortems --format json > plan.json
    """
    if problems := missing_paths(sources):
        refuse(*problems)
    if commit and not write:
        refuse("--commit does nothing without --write")
    if diff and write:
        refuse("--diff shows what --write would do: use one of them")
    project = open_project(config) if write or config else _planned_project()
    _check_scale(severities, project.settings)
    work = begin_import(project, sources, severities, names=names, chosen=name)
    if diff:
        work.print_diff()
    elif form == "json":
        put(form, {"json": lambda: json.dumps(plan_data(work.plan), ensure_ascii=False, indent=2) + "\n"})
    elif not write:
        is_planned = not project.config.exists()
        further = (*register_lines(work), *finding_lines(work), *next_lines(work.plan, sources, is_planned=is_planned))
        print_lines(*plan_lines(work.plan), *map(escape_controls, further))
    if write:
        write_import(work, commit=commit, quiet=form == "json")
    if work.plan.unreadable:
        raise SystemExit(1)


def _planned_project() -> Project:
    """The knowledge base; where there is none, the one that `init` would make here, so that a plan can be shown."""
    try:
        find_config(Path.cwd())
    except NoConfigError:
        return Project(Path.cwd() / FILE_NAMES[0], Path.cwd() / "docs", Settings())
    except ProjectError:
        pass  # opening it says what is wrong
    return open_project(None)


def _check_scale(severities: Mapping[str, str], settings: Settings) -> None:
    scale = settings.severities
    for name in dict.fromkeys(severities.values()):
        if name not in scale:
            meant = only_near(name, scale)
            hint = f'did you mean "{meant}"? ' if meant else ""
            refuse(f'--severity: "{name}" is not on the scale; {hint}the scale is {listed(scale)}')
