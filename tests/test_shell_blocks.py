"""The commands that the README and the guide show: each is run, or at least there with the options that it is given."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from mkdocs.__main__ import cli as mkdocs

from postmortems.cli.main import main as postmortems
from tests.code_blocks import BLOCKS, ROOT, Block, each, inline_code, of_kind
from tests.commands import run_other
from tests.conftest import POSTMORTEM, Write

Run = Callable[..., subprocess.CompletedProcess[str]]

OURS: dict[str, click.Group] = {"postmortems": postmortems, "mkdocs": mkdocs}
NEVER_ENDS = {"mkdocs serve"}
SIGNS_OF_A_SHELL = re.compile(r"[|<>&;$]")
SHOWN = {line for block in of_kind("commands") for line in block.content.splitlines()} | {
    code for _, code in inline_code() if code.startswith(("postmortems ", "mkdocs "))
}


def commands(line: str) -> Iterator[list[str]]:
    """The words of each command in a line that is one of ours."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    command: list[str] = []
    for word in [*words, ";"]:
        if not set(word) <= set("|<>&;"):
            command.append(word)
            continue
        if command and command[0] in OURS:
            yield command
        command = []


def options(group: click.Group) -> set[str]:
    """Every option of all commands of a group."""
    context = click.Context(group)
    found = [command for name in group.list_commands(context) if (command := group.get_command(context, name))]
    return {
        name for command in found for parameter in command.get_params(click.Context(command)) for name in parameter.opts
    }


@pytest.mark.parametrize("line", sorted(SHOWN))
def test_each_command_is_there_with_its_options(line: str) -> None:
    for program, *words in commands(line):
        group, context = OURS[program], click.Context(OURS[program])
        _, rest, _ = group.make_parser(context).parse_args(words)
        command = group.get_command(context, rest[0])
        assert command
        _, left, _ = command.make_parser(click.Context(command)).parse_args(rest[1:])
        assert left == []


def test_each_option_that_is_named_alone_is_there() -> None:
    named = {
        option for _, code in inline_code() if code.startswith("--") for option in re.findall(r"--[a-z][a-z-]*", code)
    }
    assert len(named) > 15
    assert named <= options(postmortems) | options(mkdocs)


def test_each_target_of_make_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    texts = [code for _, code in inline_code()] + [block.content for block in BLOCKS if block.language == "sh"]
    named = {name for text in texts for name in re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)}
    assert {"site", "serve"} <= named <= targets


@pytest.fixture
def workplace(write: Write) -> Path:
    """A repository with the incidents that the guide's commands name, as its main branch has them."""
    named = {
        "02-checkout-latency": POSTMORTEM.replace("SEV2", "SEV1").replace("owner: Payments", "owner: Platform"),
        "03-checkout": POSTMORTEM.replace("owner: Payments", "owner: Orders"),
    }
    old = {"old-postmortems/2023-05-06-cache.md": "# Cache is cold\n"}
    folder = write({f"docs/postmortems/2026/{name}/postmortem.md": text for name, text in named.items()} | old)
    for command in ("init --quiet", "add --all", "commit --quiet --message=x", "update-ref refs/remotes/origin/main @"):
        run_other(folder, "git", *command.split()).check_returncode()
    return folder


def run_line(folder: Path, line: str, run_in: Run) -> subprocess.CompletedProcess[str]:
    """A line of a shell block; by a shell only where it needs one, since that takes longer."""
    if SIGNS_OF_A_SHELL.search(line) or not [*commands(line)]:
        return run_other(folder, "bash", "-euo", "pipefail", "-c", line)
    return run_in(folder, *next(commands(line)))


@each("commands")
def test_the_commands_run(block: Block, workplace: Path, built: Callable[[str], Path], run_in: Run) -> None:
    for beside in BLOCKS:
        if beside.page == block.page and beside.kind == "file that commands of the page use":
            (workplace / beside.title).parent.mkdir(parents=True, exist_ok=True)
            (workplace / beside.title).write_text(beside.content, "utf-8")
    if "site/" in block.content:
        (workplace / "site").symlink_to(built("own"))
    lines = [line for line in block.content.splitlines() if line.split(" #")[0] not in NEVER_ENDS]
    assert lines
    for line in lines:
        done = run_line(workplace, line, run_in)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr


def test_the_readme_leads_from_nothing_to_a_site(tmp_path: Path, run_in: Run) -> None:
    begin, in_the_guide, with_zensical = of_kind("commands after an installation")
    assert with_zensical.page == "other-builders.md"  # tests/neighbours/test_zensical.py runs these
    assert begin.content == in_the_guide.content
    _, first, gate = [block for block in of_kind("commands") if block.page == "README.md"]
    install, init, serve = begin.content.splitlines()
    assert (install.split()[0], serve) == ("pip", "cd handbook && mkdocs serve")
    # In a terminal it asks; here nobody answers.
    done = run_line(tmp_path, f"{init} --yes", run_in)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "handbook"
    assert [run_line(folder, line, run_in).returncode for line in gate.content.splitlines()] == [0, 0]
    for line in first.content.splitlines():
        done = run_line(folder, line, run_in)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    (path,) = folder.glob("docs/postmortems/2026/*-checkout-latency/postmortem.md")
    # What the README says of drafts: with `--strict` neither command lets one pass.
    assert [run_line(folder, line, run_in).returncode for line in gate.content.splitlines()] == [1, 1]
    # A postmortem that is whole passes both.
    path.write_text(POSTMORTEM, "utf-8")
    assert [run_line(folder, line, run_in).returncode for line in gate.content.splitlines()] == [0, 0]
    assert (folder / "site/postmortems" / path.parent.relative_to(folder / "docs/postmortems") / "index.html").exists()
