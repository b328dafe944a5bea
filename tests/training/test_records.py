"""What the records say of invented people can be traced to the truth, and only to it."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from made import Made
from ringmap.training import generate_cases, list_scenarios

#: What an act makes of its actor and its victim; other events tie nobody.
TIES = {
    "recruited": "recruited", "deceived": "deceived", "transported": "transported",
    "crossed_border": "guided", "harboured": "harboured", "guarded": "guarded", "sold": "sold",
    "resold": "resold", "exploited": "exploited", "forced_debt": "forced_debt",
}  # fmt: skip
KEYS = {"people": "person_id", "identifiers": "identifier_id", "events": "event_id",
        "legs": "event_id"}  # fmt: skip
TABLES = ("cases", "people", "roles", "organisations", "places", "identifiers", "ties", "events",
          "legs", "sources")  # fmt: skip


@pytest.fixture(scope="module", params=[*list_scenarios(), "mixture"])
def made(request, tmp_path_factory):
    """A folder of a scenario, or of twenty cases of several that share people."""
    folder = tmp_path_factory.mktemp("records") / "cases"
    if request.param == "mixture":
        generate_cases(folder, cases=20, seed=4)
    else:
        generate_cases(folder, scenario=request.param, seed=4)
    return Made(folder)


def test_every_number_of_a_person_stands_for_one_person(made):
    """recorded_as, identities and people.csv name the same numbers, each once."""
    recorded = [
        (number, row["who"])
        for row in made.rows("truth/people")
        for number in _parted(row["recorded_as"])
    ]

    assert len(recorded) == len(made.rows("truth/identities"))
    assert dict(recorded) == made.whose
    assert {row["person_id"] for row in made.rows("people")} == set(made.whose)


def test_an_identity_bears_a_name_that_its_record_has(made):
    """Behind a number stands the name under which it was first written down."""
    names = defaultdict(set)
    for row in made.rows("people"):
        names[row["person_id"]].add(row["name"])

    for row in made.rows("truth/identities"):
        assert row["name"] in names[row["person_id"]]


def test_every_row_refers_to_what_is_there(made):
    """Cases, sources, people, places and organisations that rows name have rows of their own."""
    known = {
        "case_id": {row["case_id"] for row in made.rows("cases")},
        "source_ref": {row["source_ref"] for row in made.rows("sources")},
        "place_id": {row["place_id"] for row in made.rows("places")},
    }
    known |= dict.fromkeys(("from_place", "to_place", "crossing"), known["place_id"])
    parties = set(made.whose) | {row["organisation_id"] for row in made.rows("organisations")}
    known |= dict.fromkeys(("person_id", "moved_by", "holder", "source", "target"), parties)
    lost = [
        (name, column, row[column])
        for name in TABLES
        for row in made.rows(name)
        for column in known.keys() & row.keys()
        for one in _parted(row[column])
        if one not in known[column]
    ]

    assert lost == []


def test_ids_are_told_once(made):
    """No two cases, sources, organisations or places with one number."""
    for name, key in (("cases", "case_id"), ("sources", "source_ref"), ("places", "place_id"),
                      ("organisations", "organisation_id")):  # fmt: skip
        numbers = [row[key] for row in made.rows(name)]

        assert len(numbers) == len(set(numbers))


def test_an_organisation_has_somebody_who_works_for_it(made):
    """It is in the records because the file names its staff."""
    staffed = {row["target"] for row in made.rows("ties") if row["kind"] == "works_for"}

    assert {row["organisation_id"] for row in made.rows("organisations")} - staffed == set()


def test_a_person_keeps_one_number_in_a_file_but_for_a_nickname(made):
    """Within a case file nobody has more than two numbers."""
    numbers = defaultdict(set)
    for row in made.rows("people"):
        numbers[made.whose[row["person_id"]], row["case_id"]].add(row["person_id"])

    assert max(map(len, numbers.values())) <= 2


def test_a_tie_counts_the_rows_that_tell_of_it(made):
    """The rule of ``records``, for all ties of one kind between the same two people.

    A row of ties.csv counts for the tie it names. A row of events.csv or legs.csv that names
    who did it (moved_by) counts for the tie of that act to each victim it names; a demand for
    ransom counts for the tie to the relative of that victim on whom it was made. A row that
    was written twice by mistake (errors.csv: row doubled) counts once.
    """
    told = Counter()
    for row in made.rows("truth/ties"):
        told[row["source"], row["target"], row["kind"]] += int(row["records"])
    counted = _count_rows(made, told)

    assert {key: number for key, number in (counted - told).items() if number} == {}
    assert {key: number for key, number in (told - counted).items() if number} == {}


def test_some_ties_are_recorded_by_nobody(made):
    """The records are never the whole truth, and never nothing."""
    records = [int(row["records"]) for row in made.rows("truth/ties")]

    assert 0 in records
    assert max(records) > 0


def test_each_error_stands_in_the_file_that_it_names(made):
    """What is written wrong is there, at the key; what is true is something else."""
    for row in made.rows("truth/errors"):
        assert row["file"] in KEYS or row["file"] == "ties", row
        found = [one for one in made.rows(row["file"]) if _key(row["file"], one) == row["key"]]
        assert found, row
        if row["kind"] == "row doubled":
            assert max(Counter(tuple(one.values()) for one in found).values()) > 1
        else:
            assert row["written"] in {one[row["column"]] for one in found}
            assert row["written"] != row["true"]


def test_rows_stand_twice_as_often_as_is_told(made):
    """Or more often: two documents may tell the same of the same people in the same words."""
    for name in ("ties", "events", "legs"):
        rows = Counter(tuple(row.values()) for row in made.rows(name))
        twice = sum(count - 1 for count in rows.values())
        told = sum(
            row["kind"] == "row doubled" and row["file"] == name
            for row in made.rows("truth/errors")
        )

        assert twice >= told


def test_years_of_birth_are_right_but_for_the_known_errors(made):
    """The year in people.csv is the true one, or an error by sight that errors.csv tells.

    A birthday may stand there in full.
    """
    born = {row["who"]: row["born"] for row in made.rows("truth/people")}
    wrong = {
        (row["key"], row["written"])
        for row in made.rows("truth/errors")
        if (row["file"], row["column"]) == ("people", "born")
    }
    unknown = [
        row
        for row in made.rows("people")
        if row["born"] and row["born"][:4] != born[made.whose[row["person_id"]]][:4]
        and (row["person_id"], row["born"]) not in wrong
    ]  # fmt: skip

    assert unknown == []


def test_a_victim_of_the_records_is_a_victim_in_truth(made):
    """Nobody else has the role, and no victim of the truth is recorded as an offender by role."""
    side = {row["who"]: row["side"] for row in made.rows("truth/people")}
    for row in made.rows("people"):
        if row["role"] == "victim":
            assert side[made.whose[row["person_id"]]] == "victim"
        if row["victim_status"]:
            assert row["role"] == "victim"


def test_every_case_has_its_victims_on_file(made):
    """A case of trafficking names at least one victim."""
    victims = {row["case_id"] for row in made.rows("people") if row["role"] == "victim"}
    victims |= {row["case_id"] for row in made.rows("roles") if row["role"] == "victim"}

    assert {row["case_id"] for row in made.rows("cases") if row["purpose"]} - victims == set()


def test_no_secret_of_the_truth_stands_in_the_records(made):
    """No ``who`` and no ring of the truth is a word of any record."""
    words = {row["who"] for row in made.rows("truth/people")}
    words |= {row["ring"] for row in made.rows("truth/rings")}
    cells = {cell for name in TABLES for row in made.rows(name) for cell in row.values()}

    assert cells & words == set()


def _count_rows(made: Made, told: Counter) -> Counter:
    """Rows that tell of a tie, by source, target and kind in truth."""
    whose, found = made.whose, Counter()
    doubled = Counter(
        (row["file"], row["key"])
        for row in made.rows("truth/errors")
        if row["kind"] == "row doubled"
    )
    for row in _once(made, "ties", doubled):
        if row["source"] in whose and row["target"] in whose:
            found[whose[row["source"]], whose[row["target"]], row["kind"]] += 1
    kin = defaultdict(set)
    for row in made.rows("truth/ties"):
        if row["kind"] == "kin_of":
            kin[row["source"]].add(row["target"])
    for name in ("events", "legs"):
        for row in _once(made, name, doubled):
            if not row["moved_by"]:
                continue
            by = whose[row["moved_by"]]
            for victim in map(whose.get, _parted(row["person_id"])):
                if row["kind"] == "demanded_ransom":
                    keys = [(by, one, "demanded_ransom") for one in kin[victim]]
                    found.update(key for key in keys if key in told)
                elif row["kind"] in TIES:
                    found[by, victim, TIES[row["kind"]]] += 1
    return found


def _once(made: Made, name: str, doubled: Counter) -> list[dict[str, str]]:
    """The rows of a table without those that were written a second time by mistake."""
    left, before, kept = Counter(doubled), set(), []
    for row in made.rows(name):
        key, cells = (name, _key(name, row)), tuple(row.values())
        if cells in before and left[key]:
            left[key] -= 1
            continue
        before.add(cells)
        kept.append(row)
    return kept


def _key(name: str, row: dict[str, str]) -> str:
    if name == "ties":
        return f"{row['source']} {row['kind']} {row['target']}"
    return row[KEYS[name]]


def _parted(cell: str) -> list[str]:
    return [one for one in cell.split(";") if one]
