"""`postmortems import`: other people's records become postmortems of this knowledge base."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import click

from postmortems.adopt.plan import Plan, make_plan, plan_data
from postmortems.adopt.plan_text import plan_lines
from postmortems.adopt.sources.given import Given
from postmortems.adopt.sources.registry import NAMES, SOURCES, UnrecognisedError, source_of
from postmortems.cli.data_format import put
from postmortems.cli.paths import missing_paths
from postmortems.cli.project import config_option, open_project, refuse
from postmortems.cli.source_files import SourceFiles, source_files
from postmortems.read.files import Tree, list_files
from postmortems.read.first_commits import first_commits
from postmortems.read.postmortem import FILE, postmortem_id
from postmortems.settings import Settings
from postmortems.text.spelling import listed, only_near


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
            self.fail(f'"{wrong}" stands without its other half; write P1=SEV1,High=SEV2', param, ctx)
        return {word.strip(): name.strip() for word, _, name in pairs}


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option("--from", "name", type=click.Choice(NAMES), help="The format of the source; else it is recognised.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show the plan: text or json."
)
@click.option(
    "--severity",
    "severities",
    metavar="TABLE",
    type=_Table(),
    default={},
    help="What the severities of the records are called here, such as P1=SEV1,High=SEV2.",
)
@click.option("--names", is_flag=True, help="Call people of chats and pagers by their names, not by role or initials.")
@config_option
def command(
    sources: tuple[Path, ...],
    name: str | None,
    form: str,
    severities: Mapping[str, str],
    names: bool,
    config: Path | None,
) -> None:
    """Plan how records of other people and programs become postmortems: a folder of prose, or files of an export.

    Files are read only, and nothing is asked of a network. Each value is stated by the record, derived from it (marked
    with ?), or unknown.

    \b
    Exit code 0: done. 2: wrong usage or settings, or nothing that can be read.

    \b
    Examples:
      postmortems import ../old-postmortems
      postmortems import ../old-postmortems --severity P1=SEV1,P2=SEV2,High=SEV2
      postmortems import ../old-postmortems --format json > plan.json
    """
    if problems := missing_paths(sources):
        refuse(*problems)
    project = open_project(config)
    _check_scale(severities, project.settings)
    tree = list_files(project.docs)
    paths = tree.postmortems(project.settings)
    files = source_files(sources, _homes(tree, paths))
    plan = _plan(files, sources, project.settings, severities, names=names, chosen=name, taken=paths)
    put(
        form,
        {
            "text": lambda: "".join(f"{line}\n" for line in plan_lines(plan)),
            "json": lambda: json.dumps(plan_data(plan), ensure_ascii=False, indent=2) + "\n",
        },
    )


def _check_scale(severities: Mapping[str, str], settings: Settings) -> None:
    scale = settings.severities
    for name in dict.fromkeys(severities.values()):
        if name not in scale:
            meant = only_near(name, scale)
            hint = f'did you mean "{meant}"? ' if meant else ""
            refuse(f'--severity: "{name}" is not on the scale; {hint}the scale is {listed(scale)}')


def _homes(tree: Tree, paths: list[str]) -> list[Path]:
    """The folders of the postmortems that are there."""
    return [(tree.root / path).parent for path in paths if path.endswith(f"/{FILE}")]


def _plan(
    files: SourceFiles,
    sources: tuple[Path, ...],
    settings: Settings,
    severities: Mapping[str, str],
    *,
    names: bool,
    chosen: str | None,
    taken: list[str],
) -> Plan:
    shown = listed(os.path.relpath(source) for source in sources)
    if not files and files.left_out:
        refuse(*(f"{record.source}: {record.reason}" for record in files.left_out))
    given = Given(files, settings, first_commits(files.root), severities, names)
    try:
        source = next(source for source in SOURCES if chosen == source.NAME) if chosen else source_of(given)
    except UnrecognisedError as error:
        refuse(f"{shown}: {error}")
    plan = make_plan(
        [*source.read(given), *files.left_out], settings, [postmortem_id(path, settings.folder) for path in taken]
    )
    if not plan.records and not plan.left_out:
        refuse(f"{shown}: there is nothing in it that {source.NAME} reads")
    return plan
