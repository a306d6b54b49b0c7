"""The git repository that holds the docs folder. The only place that runs git.

A pull request may put any file below the docs folder, and git takes a folder with the right files for a repository
whose configuration names programs to run. So git is never asked there: the repository is the one found above the docs
folder, it is named to git explicitly, and nothing that a repository can configure is run: no hook, no file-system
monitor, no filter, no external or textual diff, no pager, no replacement objects, no transport. The environment's own
`GIT_*` are left out.

Source: git's documentation, git(1), git-config(1): safe.bareRepository, core.fsmonitor, core.hooksPath, protocol.allow.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_TIMEOUT = 60
_LONGEST_REASON = 600
_BYTES_AT_ONCE = 32 * 1024 * 1024
"""The size of files that are asked for at once."""

_CONFIGURATION = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "protocol.allow=never",
    "submodule.recurse=false",
    "log.showRoot=true",  # else the files of the first commit are in none
)

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",  # takes precedence over `protocol.<name>.allow` of a configuration file
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}


class GitError(Exception):
    """Git cannot answer; the text gives the reason in one line, in git's own words where there are any."""


def repository_root(docs: Path) -> Path | None:
    """The folder above `docs` that has a `.git`, resolved; None where there is none.

    A folder counts only by its `.git`, which cannot be committed; a bare repository never does.
    """
    return next((folder for folder in docs.resolve().parents if (folder / ".git").exists()), None)


def git_repository_sign(names: Iterable[str]) -> str | None:
    """The name among those in a folder for which git takes the folder for a repository, bare or not; else None."""
    found = {name.lower(): name for name in names}
    if ".git" in found:
        return found[".git"]
    # Git asks for no more: HEAD, and the two folders either here or where `commondir` leads.
    return found.get("head") if {"objects", "refs"} <= found.keys() or "commondir" in found else None


@dataclass(frozen=True)
class Repository:
    """The repository around a docs folder. `root` is the top of its working tree, `index` another index file than its
    own."""

    root: Path
    index: Path | None = None

    def answers(self, *arguments: str) -> bool:
        """True if the command succeeds."""
        return self._run(*arguments).returncode == 0

    def answer(self, *arguments: str) -> str:
        """The output of the command; empty if it fails."""
        done = self._run(*arguments)
        return done.stdout if done.returncode == 0 else ""

    def output(self, *arguments: str, given: str = "") -> str:
        """The output of the command, which gets `given` as its input. Raises GitError with git's own reason where it
        fails."""
        return _output(_in_text(self._run_bytes(*arguments, given=given.encode())))

    def is_shallow(self) -> bool:
        """True if the clone ends before the first commit."""
        return self.answer("rev-parse", "--is-shallow-repository").strip() == "true"

    def blobs(self, names: Iterable[str], largest: int) -> Iterator[tuple[str, bytes | None]]:
        """The content of files by the names of their blobs, each with its name; None for one of more than `largest`
        bytes. Raises GitError where one is not in this clone."""
        asked = "".join(f"{name}\n" for name in names)
        sizes = self._batch("--batch-check=%(objectname) %(objectsize)", asked.encode()).decode().splitlines()
        several: list[str] = []
        total = 0
        for name, _, size in (line.partition(" ") for line in sizes):
            if not size.isdecimal():
                raise GitError("old versions of the files are not in this clone")
            if int(size) > largest:
                yield name, None
                continue
            if several and total + int(size) > _BYTES_AT_ONCE:
                yield from self._contents(several)
                several, total = [], 0
            several.append(name)
            total += int(size)
        yield from self._contents(several)

    def _contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        answer = self._batch("--batch=%(objectname) %(objectsize)", "".join(f"{name}\n" for name in names).encode())
        position = 0
        while position < len(answer):
            end = answer.index(b"\n", position)
            name, _, size = answer[position:end].decode().partition(" ")
            position = end + 1 + int(size)
            yield name, answer[end + 1 : position]
            position += 1

    def _batch(self, option: str, given: bytes) -> bytes:
        done = self._run_bytes("cat-file", option, given=given)
        if done.returncode:
            raise GitError(_reason(done.returncode, _text(done.stderr)))
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _in_text(self._run_bytes(*arguments))

    def _run_bytes(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return _run(
            self.root,
            f"--git-dir={self._git_dir}",
            f"--work-tree={self.root}",
            *arguments,
            overrides=self._filters,
            index=self.index,
            given=given,
        )

    @cached_property
    def _git_dir(self) -> str:
        """The repository's own folder, as git finds it from the root: only so does git say whose repository it is, and
        refuse one that belongs to somebody else."""
        found = _output(_in_text(_run(self.root, "rev-parse", "--absolute-git-dir"))).removesuffix("\n")
        if not Path(found).is_dir():
            raise GitError(f"{self.root / '.git'} does not point to a git repository")
        return found

    @cached_property
    def _filters(self) -> tuple[tuple[str, str], ...]:
        """Settings that switch off every filter which any configuration file defines: there is no option for it."""
        listed = _run(
            self.root, f"--git-dir={self._git_dir}", "config", "--name-only", "-z", "--get-regexp", r"^filter\."
        )
        off: list[tuple[str, str]] = []
        for key in dict.fromkeys(_text(listed.stdout).split("\0")):
            section, _, variable = key.rpartition(".")
            if variable in ("clean", "smudge", "process"):
                off.append((key, ""))
            elif variable == "required":
                off.append((f"{section}.required", "false"))
        return tuple(off)


def _text(output: bytes) -> str:
    """Git's output as text; line ends stay as they are, since a file's name may hold one."""
    return output.decode("utf-8", "surrogateescape")


def _in_text(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess(done.args, done.returncode, _text(done.stdout), _text(done.stderr))


def _output(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode:
        raise GitError(_reason(done.returncode, done.stderr))
    return done.stdout


def _reason(code: int, said: str) -> str:
    return " ".join(said.split())[:_LONGEST_REASON] or f"git ended with exit code {code}"


def _run(
    folder: Path,
    *arguments: str,
    overrides: tuple[tuple[str, str], ...] = (),
    index: Path | None = None,
    given: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    options = [part for setting in _CONFIGURATION for part in ("-c", setting)]
    try:
        return subprocess.run(  # noqa: S603 - the arguments are ours, and a ref is behind --end-of-options
            ["git", "--no-pager", *options, *arguments],  # noqa: S607 - the git that the user runs
            cwd=folder,
            env=_environment(folder, overrides) | ({"GIT_INDEX_FILE": str(index)} if index else {}),
            input=given,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git did not respond within {_TIMEOUT} seconds") from None
    except OSError as error:
        raise GitError(f"cannot run git: {error.strerror or error}") from None


def _environment(folder: Path, overrides: tuple[tuple[str, str], ...]) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    environment |= _ENVIRONMENT
    # A folder whose `.git` is no repository must not send git on to the folders above.
    environment["GIT_CEILING_DIRECTORIES"] = str(folder.parent)
    environment["GIT_CONFIG_COUNT"] = str(len(overrides))
    for number, (key, value) in enumerate(overrides):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    return environment
