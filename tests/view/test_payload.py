"""The page's data block says all that was cleared, leads back to records, and nothing more."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from ringmap.disclosure import Policy, clear
from ringmap.errors import OutputError
from ringmap.view.payload import tell_network
from view.small_case import LEGS, brokers_of, circle_of, cleared_of

TABLES = ("parties", "ties", "records", "sources", "places", "legs")


@pytest.fixture
def block(make_case):
    case = make_case()
    rings = pd.DataFrame(
        {
            "party": ["P1", "P2", "P3", "P1"],
            "ring": ["R1", "R1", "R10", "R2"],
            "share": [0.6, 1.0, 1.0, 0.4],
            "stability": [1.0, 0.5, 1.0, 1.0],
        }
    )
    caveats = [("Records are missing.", "Thiếu hồ sơ.")]
    cleared = cleared_of(case, brokers=brokers_of(case), rings=rings, caveats=caveats)
    return tell_network(cleared, title="A case", language="vi")


def _index(block, party):
    return block["parties"]["id"].index(party)


def _facts(block, party, column):
    told = block["parties"]["facts"][_index(block, party)]
    return {value: records for name, value, records in told if name == column}


def _ties(block, kind):
    return [at for at, one in enumerate(block["ties"]["kind"]) if one == kind]


def test_every_column_of_a_table_is_as_long_as_the_others(block):
    """Rows can be read across; a short column would shift facts to the wrong party."""
    for table in TABLES:
        assert len({len(column) for column in block[table].values()}) == 1, table


def test_every_index_leads_somewhere(block):
    """No tie without parties, no leg without places, no evidence without its record."""
    records = range(len(block["records"]["file"]))
    parties = range(len(block["parties"]["id"]))
    behind = [*block["ties"]["records"], *block["legs"]["records"], *block["parties"]["records"]]
    behind += [fact[2] for facts in block["parties"]["facts"] for fact in facts]

    assert all(one in records for some in behind for one in some)
    assert all(end in parties for side in ("source", "target") for end in block["ties"][side])
    assert all(len(set(some)) == len(some) for some in behind)
    assert all(
        place in range(len(block["places"]["label"]))
        for end in ("from", "to")
        for place in block["legs"][end]
        if place is not None
    )
    assert all(
        source is None or source in range(len(block["sources"]["ref"]))
        for source in block["records"]["source"]
    )


def test_every_tie_has_evidence_and_a_note_slot_for_each_piece(block):
    """What cannot be traced to a row of a record does not reach a page."""
    records, notes = block["ties"]["records"], block["ties"]["notes"]

    assert all(records)
    assert [len(some) for some in records] == [len(some) for some in notes]


def test_the_block_is_json_without_nan_and_comes_back_as_it_was(block):
    """Plain types only: what is written is what the page reads."""
    text = json.dumps(block, allow_nan=False)

    assert json.loads(text) == block
    assert not _numbers_that_are_none(block)


def test_two_records_of_one_tie_are_one_tie_with_two_pieces_of_evidence(block):
    """Fourteen calls in one list, seventeen in another: one tie, best grade, both said."""
    (tie,) = _ties(block, "called")
    ties = block["ties"]

    assert len(ties["records"][tie]) == 2
    assert ties["grade"][tie] == "A2"
    assert ties["weight"][tie] == 17
    assert sorted(ties["notes"][tie]) == [
        "2016-03 – 2016-09 · × 14 · first list",
        "2016-03 – 2016-10 · × 17 · second list",
    ]


def test_the_page_of_a_document_stands_with_its_record(block):
    """An analyst can put the finger on the page."""
    (tie,) = _ties(block, "called")
    pages = {block["records"]["page"][record] for record in block["ties"]["records"][tie]}

    assert pages == {"12", "6"}


def test_a_sum_of_money_is_told_with_its_record(block):
    """38,000 CNY, as the record has it."""
    (tie,) = _ties(block, "paid")

    assert block["ties"]["notes"][tie] == ["38000 CNY"]


def test_parallel_ties_stay_apart(block):
    """A call and a meeting of the same two people are two ties."""
    pair = {_index(block, "P1"), _index(block, "P2")}
    ties = block["ties"]
    between = [
        kind
        for kind, *ends in zip(ties["kind"], ties["source"], ties["target"], strict=True)
        if set(ends) == pair
    ]

    assert sorted(between) == ["called", "met"]
    assert ties["directed"][_ties(block, "called")[0]] == 1
    assert ties["directed"][_ties(block, "met")[0]] == 0


def test_a_contradiction_is_two_values_each_with_its_records(block):
    """Born 1984 by one record, 1985 by another; neither is dropped."""
    born = _facts(block, "P1", "born")
    lines = {
        value: [block["records"]["row"][at] for at in behind] for value, behind in born.items()
    }

    assert lines == {"1984": [1], "1985": [2]}


def test_standing_is_told_case_by_case(block):
    """Convicted in one case and suspected in another is no contradiction."""
    assert list(_facts(block, "P1", "standing@C1")) == ["convicted"]
    assert list(_facts(block, "P1", "standing@C2")) == ["suspected"]
    assert block["words"]["column"]["standing@C1"]["en"].endswith("· C1")
    assert block["words"]["standing@C1"]["convicted"]["vi"] != "convicted"


def test_the_heaviest_standing_is_shown_and_an_acquittal_ends_its_own_case(block):
    """P1 was convicted; the charge that P5 was acquitted of is not held against her."""
    parties = block["parties"]
    victim = next(at for at, side in enumerate(parties["side"]) if side == "both")

    assert parties["standing"][_index(block, "P1")] == "convicted"
    assert parties["standing"][victim] == "acquitted"


def test_every_code_in_use_has_a_label_in_both_languages(block):
    """No reader meets a bare code."""
    words = block["words"]
    used = {
        "tie": block["ties"]["kind"],
        "event": block["legs"]["kind"],
        "stage": block["legs"]["stage"],
        "transport": block["legs"]["transport"],
        "role": [role for roles in block["parties"]["roles"] for role in roles],
        "standing": block["parties"]["standing"],
        "country": block["parties"]["country"],
        "party": block["parties"]["type"],
        "place": block["places"]["kind"],
        "handling": block["sources"]["handling"],
        "column": [
            name for facts in block["parties"]["facts"] for name, _, _ in facts if "@" not in name
        ],
        "sex": ["female", "male"],
    }
    for name, codes in used.items():
        for code in set(codes) - {None}:
            assert set(words[name][code]) == {"en", "vi"}, (name, code)


def test_places_without_a_point_and_legs_to_them_are_counted(block):
    """The house with the blue gate was never found: the leg there is told, and not drawn."""
    labels = block["places"]["label"]

    assert "Nhà cổng xanh" not in labels
    assert block["unplaced"] == {"legs": 1, "places": 1}
    assert sorted(block["legs"]["event"]) == ["E1", "E2", "E3"]
    unplaced = block["legs"]["event"].index("E3")
    assert None in (block["legs"]["from"][unplaced], block["legs"]["to"][unplaced])
    assert block["legs"]["records"][unplaced]


def test_a_place_found_in_a_list_of_names_is_approximate(block):
    """Only a record's own coordinates are taken as exact."""
    places = block["places"]
    approximate = dict(zip(places["label"], places["approximate"], strict=True))

    assert approximate == {
        "Cửa khẩu Mường Khương": 0, "Bến xe Lào Cai": 0, "Hekou": 0, "Lào Cai": 1,
    }  # fmt: skip


def test_a_leg_names_who_moved_whom_where_and_how_it_crossed(block):
    """A crossing on foot by night, told twice with two dates."""
    legs, at = block["legs"], block["legs"]["event"].index("E2")
    label = block["places"]["label"]

    assert [label[legs[end][at]] for end in ("from", "crossing", "to")] == [
        "Bến xe Lào Cai", "Cửa khẩu Mường Khương", "Hekou",
    ]  # fmt: skip
    assert legs["crosses"][at] == 1
    assert [block["parties"]["id"][one] for one in legs["moved_by"][at]] == ["P2"]
    assert [block["parties"]["label"][one][:6] for one in legs["people"][at]] == ["Victim"]
    assert sorted(legs["notes"][at]) == ["2016-06-01 · by night", "2016-06-03 · two days later"]


def test_a_gate_is_known_by_its_kind_or_by_its_use(make_case):
    """A raft landing that nobody called a gate is one as soon as somebody crossed there."""
    case = make_case(legs=LEGS.replace("L2,L4,L1", "L1,L4,L2"))
    block = tell_network(cleared_of(case), title="", language="en")
    gate = dict(zip(block["places"]["label"], block["places"]["gate"], strict=True))

    assert gate["Bến xe Lào Cai"] == 1
    assert gate["Cửa khẩu Mường Khương"] == 1
    assert gate["Hekou"] == 0


def test_the_land_under_the_places_is_part_of_the_page(block):
    """Borders come with the file, and reach as far as a wide or a tall pane shows."""
    south, west, north, east = block["basemap"]["bounds"]

    assert south < 22.47 < north
    assert west < 103.96 < east
    assert (east - west) > 1.7 * 0.5
    assert (north - south) > 0.5 / 0.65
    assert {"VN", "CN"} <= {country["code"] for country in block["basemap"]["countries"]}


def test_no_victim_is_ranked_as_a_broker(block):
    """Standing in the middle of one's own exploitation makes nobody a broker."""
    parties = block["parties"]
    ranked = {
        party
        for party, rank, because in zip(
            parties["id"], parties["rank"], parties["because"], strict=True
        )
        if rank is not None or because is not None
    }
    sides = {parties["side"][_index(block, party)] for party in ranked}

    assert parties["rank"][_index(block, "P1")] == 1
    assert "victim" not in sides
    assert "both" not in sides


def test_only_offenders_and_people_of_unknown_part_are_ranked(block):
    """P2 has two contacts and P3 one, as nobody knows of P7; the witness P6 is not ranked."""
    rank = block["parties"]["rank"]

    assert [rank[_index(block, party)] for party in ("P1", "P2", "P3", "P7", "P6")] == [
        1, 2, 3, 4, None,
    ]  # fmt: skip


def test_a_rank_that_was_given_is_kept(make_case):
    """The command decided who is ranked; the page does not rank again."""
    case = make_case()
    brokers = brokers_of(case)
    ranks = [7 if party == "P3" else None for party in brokers["party"]]
    brokers["rank"] = pd.array(ranks, dtype="Int64")
    block = tell_network(cleared_of(case, brokers=brokers), title="", language="en")

    assert block["parties"]["rank"][_index(block, "P3")] == 7
    assert [rank for rank in block["parties"]["rank"] if rank is not None] == [7]


def test_rings_come_in_their_own_order_with_all_memberships(block):
    """R2 comes before R10; who is in two rings is in both."""
    assert [ring["name"] for ring in block["rings"]] == ["R1", "R2", "R10"]
    assert block["rings"][0]["stability"] == 0.75
    assert block["parties"]["rings"][_index(block, "P1")] == [0, 1]
    assert block["parties"]["rings"][_index(block, "P3")] == [2]


def test_findings_may_be_absent(make_case):
    """A graph alone is worth a page."""
    block = tell_network(cleared_of(make_case()), title="", language="en")

    assert block["rings"] == []
    assert block["notices"] == []
    assert set(block["parties"]["rank"]) == {None}


def test_no_victims_name_is_in_the_block_unless_shown(make_case):
    """What the policy protects is in no byte of the page."""
    case = make_case()
    hidden = json.dumps(tell_network(cleared_of(case), title="", language="en"))
    shown = tell_network(
        cleared_of(case, policy=Policy(show_victims=True)), title="", language="en"
    )

    assert "Sua" not in json.dumps(hidden, ensure_ascii=False)
    assert "Vàng Thị Sua" in shown["parties"]["label"]
    assert shown["victims_shown"] is True


def test_people_and_ties_alone_can_be_drawn(make_case):
    """No places, no legs, no sources: still a page."""
    cleared = cleared_of(make_case(**circle_of(["An", "Bình", "Chi"])))
    block = tell_network(cleared, title="", language="en")

    assert block["parties"]["label"] == ["An", "Bình", "Chi"]
    assert block["ties"]["kind"] == ["met", "met", "met"]
    assert block["sources"]["ref"] == []
    assert block["basemap"] is None


def test_without_a_graph_there_is_nothing_to_draw(make_case):
    """One line says what is missing."""
    with pytest.raises(OutputError, match="no graph to draw"):
        tell_network(clear(make_case(), key="k"), title="", language="en")


def _numbers_that_are_none(value):
    if isinstance(value, dict):
        return any(_numbers_that_are_none(one) for one in value.values())
    if isinstance(value, list):
        return any(_numbers_that_are_none(one) for one in value)
    return isinstance(value, float) and not math.isfinite(value)
