"""Names stand beside ids in every table of people, gates and things; victims' pseudonyms do too."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest

from cli.running import SAMPLES, run
from ringmap.records import read

SAMPLE = SAMPLES / "infant_line"
#: Words of a command, a table that it prints, and columns of ids with those of their names.
TOLD: list[tuple[tuple[str, ...], str, dict[str, str]]] = [
    (("borders",), "gates", {"gate": "gate_name"}),
    (("borders",), "spanners", {"party": "name"}),
    (("borders",), "ties", {"source": "source_name", "target": "target_name"}),
    (("borders",), "legs", {"from_place": "from_name", "crossing": "gate_name"}),
    (("doubt",), "ways", {"source": "source_name", "first_then": "first_then_name"}),
    (("evolution", "--by", "2019,2020"), "moves", {"party": "name"}),
    (("path", "P116", "P061"), "", {"from_party": "from_name", "to_party": "to_name"}),
]


@functools.cache
def tables(*words: str) -> Any:
    done = run(words[0], SAMPLE, *words[1:], "--json")
    assert done.exit_code == 0
    return json.loads(done.stdout)


@pytest.mark.parametrize(("words", "table", "columns"), TOLD)
def test_an_id_has_its_name_beside_it(
    words: tuple[str, ...], table: str, columns: dict[str, str]
) -> None:
    """The name that the case file has; of a victim the pseudonym, in both columns."""
    case = read(SAMPLE).case.parties
    named = dict(zip(case["party"], case["name"], strict=True))
    found = tables(*words)
    rows = found[table] if table else found

    assert rows
    for column, name in columns.items():
        known = [row for row in rows if row[column] in named]
        assert known
        assert all(row[name] == named[row[column]] for row in known)
        hidden = [row for row in rows if str(row[column]).startswith("Victim ")]
        assert all(row[name] == row[column] for row in hidden)


def test_victims_stand_behind_the_others_who_span_a_border() -> None:
    """By pseudonym, so that their order tells nothing; with --rank-victims among the others."""
    people = [row["party"] for row in tables("borders")["spanners"]]
    victims = [one for one in people if one.startswith("Victim ")]
    ranked = [row["party"] for row in tables("borders", "--rank-victims")["spanners"]]

    assert victims == sorted(victims)
    assert people[-len(victims) :] == victims
    assert ranked[-len(victims) :] != victims


def test_things_in_common_have_their_names() -> None:
    """As many names as ids, in their order; the number of a telephone, not just its id."""
    case = read(SAMPLE).case.parties
    named = dict(zip(case["party"], case["name"], strict=True))
    rows = tables("links")

    assert rows
    told = [pair for row in rows for pair in zip(row["things"], row["thing_names"], strict=True)]
    shown = [pair for pair in told if pair[0] in named and pair[1] == named[pair[0]] != pair[0]]
    assert shown
