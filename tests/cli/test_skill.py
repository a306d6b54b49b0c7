"""The skill file names only commands, options and rules that there are."""

from __future__ import annotations

import re

import click
import pytest
import yaml
from click.testing import CliRunner

from postmortems.check.registry import RULES
from postmortems.cli.main import main

SKILL = CliRunner().invoke(main, ["skill"]).stdout
COMMANDS = re.findall(r"(?:^|`)postmortems ([a-z]+)([^`\n]*)", SKILL, re.MULTILINE)


def test_its_head_is_that_of_a_skill() -> None:
    head = yaml.safe_load(SKILL.split("---")[1])
    assert head["name"] == "postmortems"
    assert len(head["description"]) <= 1024
    assert len(SKILL.splitlines()) < 500


@pytest.mark.parametrize(("name", "arguments"), COMMANDS)
def test_each_command_in_it_exists(name: str, arguments: str) -> None:
    command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
    assert command is not None, name
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z][a-z-]*", arguments)) <= known


def test_each_rule_in_it_exists() -> None:
    codes = set(re.findall(r"PM\d{3}", SKILL))
    assert codes
    assert codes <= {rule.code for rule in RULES}


def test_options_that_stand_alone_exist() -> None:
    everywhere = {
        option
        for name in main.list_commands(click.Context(main))  # type: ignore[attr-defined]
        for parameter in main.get_command(click.Context(main), name).params  # type: ignore[attr-defined]
        for option in parameter.opts
    }
    assert set(re.findall(r"--[a-z][a-z-]*", SKILL)) <= everywhere
