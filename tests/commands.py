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
    "encodings.utf_8_sig", "markdown.extensions.admonition", "markdown.extensions.attr_list", "markdown.extensions.codehilite",
    "markdown.extensions.fenced_code", "markdown.extensions.tables", "material.plugins.search.plugin", "mkdocs.commands.build",
    "mkdocs.config.defaults", "postmortems.cli.check", "postmortems.cli.main", "postmortems.loading",
    "postmortems.publish.plugin", "pygments.formatters", "pygments.lexers",
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
    _do_what_is_done_once_a_process()
    list_layouts_of_the_theme()
    with TemporaryDirectory() as layouts:
        store_compiled_layouts(layouts)
        gc.freeze()  # a child's collector then leaves the pages alone that it shares
        for line in sys.stdin:
            asked = json.loads(line)
            child = os.fork()
            if child == 0:
                os._exit(_exit_code(programs[asked["command"][0]], asked))
            sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
            sys.stdout.flush()


def store_compiled_layouts(folder: str, change: Callable[[object, str, object], None] = setattr) -> None:
    """Have Jinja compile each layout that is installed, the theme's and ours, once for all runs: it is half of what a
    small build takes. A build keeps them in its store as always, and compiles what a test has written itself."""
    from jinja2 import Environment, FileSystemBytecodeCache

    import postmortems

    store = FileSystemBytecodeCache(folder)
    compile_layout = Environment.compile
    installed = (sys.prefix, *postmortems.__path__)

    def compile_once(environment: Environment, source: Any, name: Any = None, filename: Any = None, *more: Any) -> Any:
        if filename is None or not filename.startswith(installed):
            return compile_layout(environment, source, name, filename, *more)
        options = (environment.autoescape, environment.trim_blocks, environment.lstrip_blocks)
        bucket = store.get_bucket(environment, f"{name} {options}", filename, source)
        if bucket.code is None:
            bucket.code = compile_layout(environment, source, name, filename)
            store.set_bucket(bucket)
        return bucket.code

    change(Environment, "compile", compile_once)


def _do_what_is_done_once_a_process() -> None:
    """Make the schemas of data files, and see which code it is that runs: together a tenth of what a small build takes."""
    from postmortems.read.store_keys import base_key
    from postmortems.render.data import front_matter_schema
    from postmortems.render.data.files import schema_files
    from postmortems.settings import Settings

    base_key(Settings())
    nothing = cast(Any, SimpleNamespace(pages=None))
    for name, make in schema_files(nothing).items():
        if name != front_matter_schema.FILE:  # which knows the settings
            make()


def list_layouts_of_the_theme(change: Callable[[object, str, object], None] = setattr) -> None:
    """List the layouts of the theme once for all runs: MkDocs asks for them, and goes through 14,000 icons each time, to
    leave out all that begins with a dot."""
    from jinja2 import FileSystemLoader

    find, listed = FileSystemLoader.list_templates, _layouts_of_the_theme()

    def list_all(loader: FileSystemLoader) -> list[str]:
        folders = map(str, loader.searchpath)
        found = (listed.get(folder) or find(FileSystemLoader(folder)) for folder in folders)
        return sorted(set().union(*found))

    change(FileSystemLoader, "list_templates", list_all)


@cache
def _layouts_of_the_theme() -> dict[str, list[str]]:
    from jinja2 import FileSystemLoader
    from mkdocs.theme import Theme

    return {
        folder: [name for name in FileSystemLoader(folder).list_templates() if not name.startswith(".")]
        for folder in Theme(name="material").dirs
    }


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
