"""Exercises as the game reads them: four keys, safe as HTML, sound for another JSON reader."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from shutil import which
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.builders import BEGIN, incident
from tests.builders import data_context as made

from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Timeline
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.exercises import GameIncidents, exercises_json
from postmortems.render.data.schema import schema_of


def played(name: str, text: str = "Alerts fire", **matter: Any) -> Postmortem:
    entries = tuple(
        Event(Place.at("x.md"), text if number == 3 else "next", BEGIN + timedelta(minutes=number))
        for number in range(10)
    )
    return replace(incident(name, **matter), timeline=Timeline(entries))


def read(data_context: DataContext) -> Any:
    found = json.loads(exercises_json(data_context))
    Draft202012Validator(schema_of(GameIncidents, "x")).validate(found)  # type: ignore[arg-type]
    return found


def test_an_exercise_has_what_the_game_reads() -> None:
    (found,) = read(made(played("a", owner="Shop", detected_by="alert")))
    assert found == {
        "ID": "2024/a",
        "title": "Shop, 6 Feb 2024, 14:26",
        "scenario": "<p>Tuesday 6 February 2024, 14:26 UTC. An alert comes in.</p><p>Alerts fire</p>"
        "<p>What do you look at? What do you do? Whom do you tell?</p>",
        "inkstory": None,
    }


def test_the_scenario_links_to_the_sheet_where_the_site_has_an_address() -> None:
    (found,) = read(made(played("a"), site_url="https://example.org/kb/"))
    assert '<a href="https://example.org/kb/exercises/2024/a/">Sheet of the game master</a>' in found["scenario"]


def test_what_the_game_puts_into_its_page_is_escaped() -> None:
    (found,) = read(made(played("a", 'A `<img src=x onerror="alert(1)">` & more', owner="<b>R&D</b>")))
    assert found["title"].startswith("&lt;b&gt;R&amp;D&lt;/b&gt;, ")
    assert "<p>A &lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; more</p>" in found["scenario"]


def test_no_exercise_is_an_empty_list() -> None:
    assert read(made(incident("a"))) == []


@pytest.mark.skipif(which("jq") is None, reason="needs jq")
def test_another_reader_reads_the_same() -> None:
    text = exercises_json(made(played("a", "Störung ⚠ \u2028 “x”"), played("b")))
    done = subprocess.run(["jq", "-c", "map(keys)"], input=text.encode(), capture_output=True, check=True)
    assert json.loads(done.stdout) == [["ID", "inkstory", "scenario", "title"]] * 2
