"""What a made-up team has learnt, by the optional section that it stands in."""

from __future__ import annotations

LEARNED = {
    "What Surprised Us": (
        "{service} kept answering for minutes from a cache that none of its owners knew of.",
        "The dashboard of {store} averages over all hosts, so that one at its limit was not to be seen.",
        "`{metric}` is reset by every deployment, and so looked best when things were worst.",
        "The health check of {service} does not touch {store}: it stayed green throughout.",
        "Retries of the apps made up more than half of the traffic once it had begun.",
    ),
    "What Made It Hard": (
        "The logs of {service} and of {store} are in different time zones, and neither says which.",
        "Two people changed limits at the same time, and the graphs could not tell which change had helped.",
        "Access to {store} needs an approval, and who approves was asleep.",
        "The alert names a host, while the runbook is sorted by service.",
    ),
    "Still Not Understood": (
        "Why `{metric}` fell an hour before anything else did. A restart and a deployment are ruled out.",
        "What made the second host of {store} behave differently from the first; both have the same configuration.",
        "Where the first burst of requests came from: the logs of the edge are kept for a day.",
    ),
    "Runbook Changes": (
        "*{service}: slow answers* now begins with the number of waiting connections, not with a restart.",
        "New: *Move {store} to another host*, with the time that each step took this time.",
        "Removed: *Clear the cache of {service}*, which made it worse.",
    ),
}
"""Sentences of each section."""
