"""The rules of the house that a machine can check; CONTRIBUTING.md names them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.syntax import syntax_tree

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "plugins/postmortems"
MODULES = [path.relative_to(ROOT) for path in sorted(PACKAGE.rglob("*.py"))]
TESTS = [path.relative_to(ROOT) for path in sorted((ROOT / "tests").rglob("*.py")) if "node_modules" not in path.parts]
LARGEST = 250
OPENINGS = re.compile(
    "(?:What|Whether|How|Where|When|Which|Who|Whose|Why|Of|From|So|With|Without|If|In|On|As|By|For|Only|Not|Nothing|"
    r"Nobody|Somebody|Whatever|Whoever|Is|Are|Has|Does|Can|May|Must|That|Those|These|There|Here)\b"
)
"""Words that no docstring opens with: it begins with a noun or a verb."""
VAGUE = {"util", "utils", "helpers", "common", "manager", "misc"}


def parsed(path: Path) -> ast.Module:
    return syntax_tree(ROOT / path)


def imported(path: Path) -> set[str]:
    """The names of the modules that a file imports, and of what it takes from them."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_module_is_larger_than_a_reader_can_hold() -> None:
    lines = {
        path.relative_to("plugins/postmortems").as_posix(): len((ROOT / path).read_text("utf-8").splitlines())
        for path in MODULES
    }
    assert {path: count for path, count in lines.items() if count > LARGEST} == {}


def test_no_module_has_a_vague_name() -> None:
    assert [str(path) for path in MODULES if VAGUE & set(path.stem.split("_"))] == []


def test_no_module_outside_the_tests_looks_like_a_test() -> None:
    files = [*MODULES, *(path.relative_to(ROOT) for path in (ROOT / "benchmarks").rglob("*.py"))]
    assert [str(path) for path in files if path.stem.startswith("test_") or path.stem.endswith("_test")] == []


def test_no_test_imports_another() -> None:
    tests = {".".join(test.with_suffix("").parts) for test in TESTS if test.stem.startswith("test_")}
    assert {str(path): names for path in TESTS if (names := imported(path) & tests)} == {}


def test_no_module_imports_a_test() -> None:
    others = {"tests", "benchmarks", "pytest"}
    assert [str(path) for path in MODULES if {name.partition(".")[0] for name in imported(path)} & others] == []


def test_each_module_says_what_it_is() -> None:
    assert [str(path) for path in MODULES if (module := parsed(path)).body and not ast.get_docstring(module)] == []


def loop_variables(path: Path) -> set[str]:
    """The names that loops, comprehensions and lambdas of a file give to what they go through."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.For | ast.comprehension):
            names |= {name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.Lambda):
            names |= {argument.arg for argument in node.args.args}
    return names


def test_loop_variables_say_what_they_hold() -> None:
    assert [str(path) for path in MODULES if "one" in loop_variables(path)] == []


def docstrings(path: Path) -> list[str]:
    """The docstrings of a module and all that it declares, without rules' pages."""
    found: list[str] = []
    for node in ast.walk(parsed(path)):
        body = getattr(node, "body", None)
        if not isinstance(body, list) or (isinstance(node, ast.Module) and "rules" in path.parts):
            continue
        found += [
            line.value.value.strip()
            for line in body
            if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str)
        ]
    return found


def test_docstrings_begin_with_a_noun_or_a_verb() -> None:
    riddles = {
        str(path): texts
        for path in MODULES
        if (texts := [text.partition("\n")[0] for text in docstrings(path) if OPENINGS.match(text)])
    }
    assert riddles == {}


def test_each_file_that_the_architecture_names_is_there() -> None:
    pages = ("architecture", "site-build", "extending", "decisions")
    text = "\n".join((ROOT / f"docs/guide/{page}.md").read_text("utf-8") for page in pages)
    named = set(re.findall(r"`([\w/.-]+\.(?:py|js|yml|html|css))`", text)) - {"mkdocs.yml"}
    files = [
        f"/{path.relative_to(ROOT).as_posix()}" for part in ("plugins", "tests") for path in (ROOT / part).rglob("*")
    ]
    assert len(named) > 40
    assert [name for name in sorted(named) if not any(file.endswith(f"/{name}") for file in files)] == []
