"""Services that several incidents share."""

from __future__ import annotations

from tests.builders import incident

from postmortems.analyse.services import services, services_of_several


def test_services_of_several_incidents_are_counted_once_an_incident_most_first() -> None:
    members = [
        incident("a", services=["API", "api", "db"]),
        incident("b", services=["api", "Cache", "alone"]),
        incident("c", services=["api", "cache", "db"]),
    ]
    elsewhere = incident("d", services=["db"])
    found = services_of_several(members, services([*members, elsewhere]))
    assert [(service.slug, number, len(service.incidents)) for service, number in found] == [
        ("api", 3, 3),
        ("cache", 2, 2),
        ("db", 2, 3),
    ]
