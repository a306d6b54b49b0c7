"""The installed commands as a user runs them: each in a process of its own, but none with imports of its own.

Most of what a short command takes is Python's start and the imports. So each test worker has one process that imports
what the commands need, and then waits. For every run it forks: the child has its own folder, environment, output and
memory, as if a shell had started it, and no other run sees what it leaves in its modules.

`python -m tests.commands` is that process. It reads a run a line, as JSON, and answers with the exit code.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

ROOT = Path(__file__).parents[1]
FORKED = ("mkdocs", "postmortems")
USED_BY_MOST = (
    "material.plugins.search.plugin", "mkdocs.commands.build", "postmortems.cli.check", "postmortems.publish.plugin",
)  # fmt: skip
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795000000", "NO_COLOR": "1"}


def run(
    folder: Path, *command: str, python: str = sys.executable, path: str = "", **further: str
) -> subprocess.CompletedProcess[str]:
    """One of the commands in `folder`, to its end: run(folder, "mkdocs", "build"); `further` are variables of its
    environment.

    With the interpreter of another environment, `path` is where that finds this package.
    """
    environment = {**os.environ, **ENVIRONMENT, **({"PYTHONPATH": path} if path else {}), **further}
    if command[0] not in FORKED:  # ProperDocs puts itself in MkDocs' place, and that for good
        program = str(Path(python).with_name(command[0]))
        return subprocess.run(
            [program, *command[1:]], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
    waiting = _waiting(python, path)
    assert waiting.stdin is not None
    assert waiting.stdout is not None
    with TemporaryDirectory() as outputs:
        asked = {"command": command, "folder": str(folder), "environment": environment}
        waiting.stdin.write(json.dumps({**asked, "outputs": outputs}) + "\n")
        waiting.stdin.flush()
        code = int(waiting.stdout.readline())
        stdout, stderr = (Path(outputs, number).read_text("utf-8") for number in ("1", "2"))
    return subprocess.CompletedProcess(command, code, stdout, stderr)


def run_other(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A program of others, to its end: with our commands on its path, and git as nobody has configured it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | ENVIRONMENT
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@example.com"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


@cache
def _waiting(python: str, path: str) -> subprocess.Popen[str]:
    """The process of this worker that has the imports of an environment; it ends with the pipe that it reads."""
    process = subprocess.Popen(
        [python, "-m", "tests.commands"], cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, **({"PYTHONPATH": path} if path else {})},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    atexit.register(process.communicate)
    return process


def _wait() -> None:
    """Fork for every run that is asked for, as long as there is somebody to ask."""
    programs = {one.name: one.load() for one in entry_points(group="console_scripts") if one.name in FORKED}
    for name in USED_BY_MOST:
        import_module(name)
    _make_schemas()
    _list_layouts_of_the_theme()
    with TemporaryDirectory() as layouts:
        _store_compiled_layouts(layouts)
        gc.freeze()  # a child's collector then leaves the pages alone that it shares
        for line in sys.stdin:
            asked = json.loads(line)
            child = os.fork()
            if child == 0:
                os._exit(_exit_code(programs[asked["command"][0]], asked))
            sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
            sys.stdout.flush()


def _store_compiled_layouts(folder: str) -> None:
    """Have Jinja compile each layout, the theme's and ours, once for all runs: it is half of what a small build takes."""
    from jinja2 import Environment, FileSystemBytecodeCache

    store = FileSystemBytecodeCache(folder)
    make = Environment.__init__

    def make_with_store(environment: Environment, *arguments: Any, **options: Any) -> None:
        make(environment, *arguments, **options)
        environment.bytecode_cache = environment.bytecode_cache or store

    Environment.__init__ = make_with_store  # type: ignore[method-assign]


def _make_schemas() -> None:
    """Make the schemas of data files, which are made once a process: they are a tenth of what a small build takes."""
    from postmortems.render.data import front_matter_schema
    from postmortems.render.data.files import schema_files

    nothing = cast(Any, SimpleNamespace(pages=None))
    for name, make in schema_files(nothing).items():
        if name != front_matter_schema.FILE:  # which knows the settings
            make()


def _list_layouts_of_the_theme() -> None:
    """List the layouts of the theme once for all runs: MkDocs asks for them, and goes through 14,000 icons each time."""
    from jinja2 import FileSystemLoader
    from mkdocs.theme import Theme

    find = FileSystemLoader.list_templates
    listed = {folder: find(FileSystemLoader(folder)) for folder in Theme(name="material").dirs}

    def list_all(loader: FileSystemLoader) -> list[str]:
        folders = map(str, loader.searchpath)
        found = (listed.get(folder) or find(FileSystemLoader(folder)) for folder in folders)
        return sorted(set().union(*found))

    FileSystemLoader.list_templates = list_all  # type: ignore[method-assign]


def _exit_code(program: Callable[[], object], asked: dict[str, Any]) -> int:
    """Become the command; what comes out is what a shell would be told."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(os.open(f"{asked['outputs']}/{number}", os.O_WRONLY | os.O_CREAT), number)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = asked["command"]
    code: object = 0
    try:
        program()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    _wait()
