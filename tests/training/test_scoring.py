"""Scores of findings against the truth: worked by hand, by every order, and by another library."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations, pairwise, permutations

import igraph
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ringmap.errors import GraphError
from ringmap.training import (
    Truth,
    score_brokers,
    score_identities,
    score_intervals,
    score_rings,
    score_ties,
)

#: Each example scores several times; fewer will do.
FEW = settings(max_examples=25)


def truth_of(*, rings="", brokers="", records="", ties="", more_rings=()):
    """A truth drawn in a line each.

    ``rings="A: a b, B: c"``; ``brokers="A: a b"`` in order of rank; ``records="a: a1 a2"``, people
    not named there being recorded under their own name in capitals, and ``records="a:"``
    nowhere; ``ties="a-b a-c?"``, those with ``?`` unrecorded.
    """
    drawn = {name: list(members) for name, members in parts_of(rings)}
    drawn |= {name: [] for name in more_rings}
    tied = [tie.rstrip("?").split("-") for tie in ties.split()]
    people = sorted({one for some in [*drawn.values(), *tied] for one in some})
    known = {one: [one.upper()] for one in people} | dict(parts_of(records))
    nothing = pd.DataFrame({"nothing": pd.Series(dtype="str")})
    return Truth(
        people=pd.DataFrame({"who": people}, dtype="str"),
        rings=pd.DataFrame({"ring": list(drawn)}, dtype="str"),
        memberships=table("ring who", [(ring, one) for ring in drawn for one in drawn[ring]]),
        brokers=table("ring who rank", [(ring, one, str(rank)) for ring, some in parts_of(brokers)
                                        for rank, one in enumerate(some, start=1)]),
        identities=table("person_id who", [(id_, one) for one in known for id_ in known[one]]),
        ties=table("source target records", [(*tie.rstrip("?").split("-"), "02"["?" not in tie])
                                             for tie in ties.split()]),
        errors=nothing,
        manifest={},
    )  # fmt: skip


def parts_of(text):
    """``"A: a b, B:"`` as pairs of a name and a list."""
    parts = [part.split(":") for part in text.split(",") if part.strip()]
    return [(name.strip(), listed.split()) for name, listed in parts]


def table(columns, rows):
    """A table of text."""
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


def placed(text):
    """``"R1: A B, R2: C"`` as memberships found."""
    return table("party ring", [(one, ring) for ring, some in parts_of(text) for one in some])


# Rings -----------------------------------------------------------------------------------------


def test_agreement_of_rings_by_hand():
    """One of three pairs: (1 - 1·2/6) / ((1 + 2)/2 - 1·2/6) = 4/7."""
    truth = truth_of(rings="X: a b, Y: c, Z: d")

    score = score_rings(placed("R1: A B, R2: C D"), truth)

    assert score.adjusted_rand == pytest.approx(4 / 7)
    assert (score.compared, score.left_out, score.found_rings, score.false_rings) == (4, 0, 2, 0)
    assert score.right


def test_each_ring_is_set_beside_the_one_most_like_it():
    """X: R1 shares 2 of 3, Jaccard 2/4, R2 1 of 3; Y: R2 shares 2 of 2, Jaccard 2/3."""
    truth = truth_of(rings="X: a b c, Y: d e", records="f: F")

    score = score_rings(placed("R1: A B F, R2: C D E"), truth)

    assert score.per_ring["found_ring"].tolist() == ["R1", "R2"]
    assert score.per_ring["recall"].tolist() == pytest.approx([2 / 3, 1])
    assert score.per_ring["precision"].tolist() == pytest.approx([2 / 3, 2 / 3])
    assert score.recall == pytest.approx(5 / 6)
    assert score.left_out == 1


def test_a_guide_of_two_rings_counts_in_each_and_not_in_the_index():
    """The index knows no shared member; recall does."""
    truth = truth_of(rings="X: a b g, Y: c d g")
    found = placed("R1: A B G, R2: C D G").assign(share=[1, 1, 0.5, 1, 1, 0.5])

    score = score_rings(found, truth)

    assert (score.adjusted_rand, score.compared, score.left_out) == (1.0, 4, 1)
    assert score.per_ring["recall"].tolist() == [1, 1]
    assert score.per_ring["precision"].tolist() == [1, 1]


def test_the_highest_share_decides_and_then_the_name():
    """B is of R2 by share, C of R1 by name, whatever the order of rows."""
    truth = truth_of(rings="X: a c, Y: b d")
    found = placed("R2: D C B, R1: A C B").assign(share=[1, 0.4, 0.6, 1, 0.4, 0.3])

    assert score_rings(found, truth).adjusted_rand == 1
    assert score_rings(found[::-1], truth).adjusted_rand == 1


def test_nobody_placed_is_everybody_alone():
    """No pair is together: as good as chance, and nothing recalled."""
    truth = truth_of(rings="X: a b, Y: c d")

    score = score_rings(placed(""), truth)

    assert score.adjusted_rand == 0
    assert score.per_ring["found_ring"].tolist() == ["", ""]
    assert (score.recall, score.precision, score.right) == (0, 0, False)


def test_a_ring_that_nobody_recorded_counts_for_nothing():
    """What is in no record cannot be found in records."""
    truth = truth_of(rings="X: a b, Y: c d", records="c:, d:")

    score = score_rings(placed("R1: A B"), truth)

    assert score.per_ring["members"].tolist() == [2, 0]
    assert math.isnan(score.per_ring["recall"][1])
    assert (score.recall, score.precision) == (1, 1)


def test_two_records_of_one_person_belong_together():
    """A finder sees two; the truth knows that they are of the same ring."""
    truth = truth_of(rings="X: a b, Y: c d", records="a: A1 A2")

    assert score_rings(placed("R1: A1 A2 B, R2: C D"), truth).adjusted_rand == 1
    assert score_rings(placed("R1: A1 B, R2: A2 C D"), truth).adjusted_rand < 1


def test_parties_that_are_no_recorded_person_are_ignored():
    """A phone in a ring is no false member."""
    truth = truth_of(rings="X: a b, Y: c d")

    score = score_rings(placed("R1: A B phone, R2: C D house, R3: car"), truth)

    assert (score.adjusted_rand, score.precision, score.found_rings) == (1, 1, 2)


@pytest.mark.parametrize(
    ("found", "verdict", "false_rings", "right"),
    [("R1: A B", None, 1, False), ("R1: A B", False, 0, True), ("", None, 0, True),
     ("R1: A, R2: B C", True, 2, False)],
)  # fmt: skip
def test_where_there_is_no_ring_each_claim_is_false(found, verdict, false_rings, right):
    """A finder that lists connected parts and says "no rings here" claims none."""
    truth = truth_of(records="a: A, b: B, c: C")

    score = score_rings(placed(found), truth, verdict=verdict)

    assert (score.false_rings, score.right) == (false_rings, right)
    assert math.isnan(score.adjusted_rand)
    assert math.isnan(score.recall)


divisions = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=2, max_size=25)


def rings_of(division):
    """A truth and a finding of records P0, P1, … by two numbers each; 0 found is none."""
    members = defaultdict(list)
    for place, (true, _) in enumerate(division):
        members[true].append(f"p{place}")
    drawn = ", ".join(f"X{ring}: {' '.join(some)}" for ring, some in members.items())
    truth = truth_of(rings=drawn)
    rows = [(f"P{place}", f"R{found}") for place, (_, found) in enumerate(division) if found]
    return truth, table("party ring", rows)


@FEW
@given(divisions)
def test_agreement_is_what_igraph_computes(division):
    """Hubert and Arabie's index, those in no ring alone."""
    truth, found = rings_of(division)
    own = [ring or 100 + place for place, (_, ring) in enumerate(division)]
    wanted = igraph.compare_communities([one for one, _ in division], own, method="adjusted_rand")
    assume(not math.isnan(wanted))

    assert score_rings(found, truth).adjusted_rand == pytest.approx(wanted, abs=1e-12)


@FEW
@given(divisions, st.randoms(use_true_random=False))
def test_rings_have_no_names_and_rows_no_order(division, random):
    """Another name for every ring and another order of rows give the same agreement."""
    truth, found = rings_of(division)
    names = [f"N{number}" for number in range(5)]
    random.shuffle(names)
    other = found.assign(ring=[names[int(ring[1:])] for ring in found["ring"]])
    other = other.sample(frac=1, random_state=random.randint(0, 999))

    assert score_rings(other, truth).adjusted_rand == score_rings(found, truth).adjusted_rand


@FEW
@given(divisions)
def test_the_true_rings_score_one(division):
    """Exactly one, and not nearly."""
    truth, _ = rings_of(division)
    found = truth.memberships.rename(columns={"who": "party"})

    score = score_rings(found.assign(party=found["party"].str.upper()), truth)

    assert (score.adjusted_rand, score.recall, score.precision) == (1, 1, 1)


# Brokers ---------------------------------------------------------------------------------------


def order(text):
    """A ranking in order of rank."""
    return pd.DataFrame({"party": text.split()})


def test_precision_of_a_ranking_by_hand():
    """Brokers at lines 1 and 3: (1/1 + 2/3)/2; 1, 1/3·2, and 2 of 5 lines though 4 are listed."""
    truth = truth_of(rings="X: a b c d", brokers="X: a c")

    score = score_brokers(order("A B C D"), truth, ks=(1, 3, 5))

    assert score.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert score.at["hits"].tolist() == [1, 2, 2]
    assert score.at["precision"].tolist() == pytest.approx([1, 2 / 3, 2 / 5])
    assert score.at["capped"].tolist() == [1, 1, 1]
    assert score.at["expected"].tolist() == pytest.approx([1 / 2, 1 / 2, 2 / 5])
    assert (score.brokers, score.unrecorded, score.listed, score.right) == (2, 0, 4, None)


def test_lines_of_the_same_value_share_the_hit():
    """A, B and C are level: one of them is the broker, first in a third of all orders."""
    truth = truth_of(rings="X: a b c d", brokers="X: b")
    ranking = order("D C B A").assign(measure=[1.0, 5.0, 5.0, 5.0])

    score = score_brokers(ranking, truth, ks=(1, 2, 3))

    assert score.at["precision"].tolist() == pytest.approx([1 / 3, 2 / 6, 1 / 3])
    assert score.average_precision == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


def test_a_broker_under_two_ids_counts_once_and_takes_two_lines():
    """As a reader of the page finds it."""
    truth = truth_of(rings="X: a b c", brokers="X: a b", records="a: A1 A2")

    score = score_brokers(order("A1 A2 B C"), truth, ks=(2, 3))

    assert score.at["hits"].tolist() == [1, 2]
    assert score.average_precision == pytest.approx((1 + 2 / 3) / 2)


def test_a_broker_not_listed_and_one_not_recorded_differ():
    """The first is missed; the second could not be found by anybody."""
    truth = truth_of(rings="X: a b c", brokers="X: a b c", records="c:")

    score = score_brokers(order("A"), truth, ks=(1,))

    assert (score.brokers, score.unrecorded) == (2, 1)
    assert score.average_precision == 0.5


def test_a_party_without_a_value_is_not_listed():
    """Victims are not ranked: they take no line."""
    truth = truth_of(rings="X: a b", brokers="X: b")
    ranking = order("A B").assign(betweenness=pd.array([None, 1.5], dtype="Float64"))

    score = score_brokers(ranking, truth, measure="betweenness")

    assert (score.listed, score.average_precision) == (1, 1)


def test_each_ring_has_its_own_ranking():
    """A leads Y's broker in the whole, but not in Y."""
    truth = truth_of(rings="X: a b, Y: c d, Z: e", brokers="X: a, Y: c")

    rings = score_brokers(order("A B E C D"), truth, ks=(1,)).per_ring

    assert rings["ring"].tolist() == ["X", "Y", "Z"]
    assert rings["brokers"].tolist() == [1, 1, 0]
    assert rings["listed"].tolist() == [2, 2, 1]
    assert rings["average_precision"].tolist() == pytest.approx([1, 1, math.nan], nan_ok=True)
    assert rings["chance"].tolist() == pytest.approx([3 / 4, 3 / 4, math.nan], nan_ok=True)
    assert rings["capped_1"].tolist() == pytest.approx([1, 1, math.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("brokers", "verdict", "right"),
    [("", False, True), ("", True, False), ("X: a", True, True), ("X: a", False, False),
     ("X: a", None, None)],
)  # fmt: skip
def test_a_verdict_is_right_when_it_says_what_is(brokers, verdict, right):
    """There are rings without a broker, and a finder should say so."""
    truth = truth_of(rings="X: a b", brokers=brokers)

    assert score_brokers(order("A B"), truth, verdict=verdict).right is right


def test_without_a_broker_there_is_no_precision_to_speak_of():
    """Nothing hit is a fact; the share of nothing is none."""
    score = score_brokers(order("A B"), truth_of(rings="X: a b"), ks=(1,))

    assert math.isnan(score.average_precision)
    assert score.at["precision"].tolist() == [0]
    assert math.isnan(score.at["capped"][0])


def test_a_record_that_mixes_brokers_counts_for_the_foremost():
    """One line cannot be two hits."""
    truth = truth_of(rings="X: a b", brokers="X: a b", records="a: M, b: M B")

    assert score_brokers(order("M B"), truth, ks=(1, 2)).at["hits"].tolist() == [1, 2]


def test_an_empty_ranking_hits_nothing():
    """No line, no hit, no error."""
    score = score_brokers(order(""), truth_of(rings="X: a b", brokers="X: a"), ks=(1,))

    assert (score.average_precision, score.chance, score.listed) == (0, 0, 0)


valued = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["", "a", "b", "c"])), min_size=1, max_size=6
)


@FEW
@given(valued)
def test_level_lines_give_the_mean_over_all_their_orders(lines):
    """Each order is worked through by plain counting, brokers under several ids among them."""
    records = {one: [f"P{place}" for place, (_, who) in enumerate(lines) if who == one]
               for one in "abc"}  # fmt: skip
    told = ", ".join(f"{one}: {' '.join(ids)}" for one, ids in records.items())
    truth = truth_of(rings="X: a b c", brokers="X: a b c", records=told)
    brokers = sum(1 for ids in records.values() if ids)
    ranking = order(" ".join(f"P{place}" for place in range(len(lines))))
    orders = [
        [lines[place][1] for place in one]
        for one in permutations(range(len(lines)))
        if all(lines[a][0] >= lines[b][0] for a, b in pairwise(one))
    ]

    score = score_brokers(ranking.assign(measure=[value for value, _ in lines]), truth, ks=(1, 3))

    hits = [np.mean([len(set(one[:k]) - {""}) for one in orders]) for k in (1, 3)]
    assert score.at["hits"].tolist() == pytest.approx(hits)
    if brokers:
        wanted = np.mean([plain_average_precision(one, brokers) for one in orders])
        assert score.average_precision == pytest.approx(wanted)


def plain_average_precision(order, wanted):
    """Average precision of one order, from the definition."""
    found, total = set(), 0.0
    for place, who in enumerate(order, start=1):
        if who and who not in found:
            found.add(who)
            total += len(found) / place
    return total / wanted


@FEW
@given(st.permutations(range(8)), st.sets(st.integers(0, 7), min_size=1))
def test_chance_is_the_mean_of_all_rankings(places, brokers):
    """It does not depend on the ranking; and brokers first is 1, the best there is."""
    people = " ".join(f"p{one}" for one in range(8))
    truth = truth_of(rings=f"X: {people}", brokers="X: " + " ".join(f"p{one}" for one in brokers))
    best = sorted(places, key=lambda one: one not in brokers)

    score = score_brokers(order(" ".join(f"P{one}" for one in best)), truth, ks=(1, 5))
    other = score_brokers(order(" ".join(f"P{one}" for one in places)), truth, ks=(1, 5))

    assert score.average_precision == pytest.approx(1)
    assert score.at["capped"].tolist() == pytest.approx([1, 1])
    assert other.chance == pytest.approx(score.chance)
    assert other.average_precision <= score.average_precision + 1e-12
    assert score.at["expected"].tolist() == pytest.approx([len(brokers) / 8] * 2)


# Intervals -------------------------------------------------------------------------------------


def test_intervals_are_counted_with_both_ends():
    """1 in [1, 2], 3 in [3, 3], 9 not in [4, 6]; 2, 1 and 3 ranks wide; the fourth has no truth."""
    ranked = pd.DataFrame(
        {"party": list("ABCD"), "rank_low": [1, 3, 4, 1], "rank_high": [2, 3, 6, 4]}
    )

    score = score_intervals(ranked, {"A": 1, "B": 3, "C": 9})

    assert score.parties == 3
    assert score.coverage == pytest.approx(2 / 3)
    assert score.mean_width == 2
    assert score.relative_width == 0.5


def test_a_party_without_an_interval_is_left_out():
    """Victims have no rank."""
    ranked = pd.DataFrame({"party": ["A", "B"], "rank_low": pd.array([1, None], dtype="Int64"),
                           "rank_high": pd.array([1, None], dtype="Int64")})  # fmt: skip

    score = score_intervals(ranked, {"A": 1, "B": 2})

    assert (score.parties, score.coverage, score.relative_width) == (1, 1, 1)


def test_no_interval_has_no_coverage():
    """Not zero: nothing was said."""
    ranked = pd.DataFrame({"party": ["A"], "rank_low": [np.nan], "rank_high": [np.nan]})

    assert math.isnan(score_intervals(ranked, {"A": 1}).coverage)


@given(st.lists(st.floats(1, 100), min_size=1))
def test_the_widest_interval_always_holds_the_truth(ranks):
    """And says so by its width."""
    names = [f"P{place}" for place in range(len(ranks))]
    ranked = pd.DataFrame({"party": names, "rank_low": 1, "rank_high": len(names)})
    true = dict(zip(names, ranks, strict=True))

    score = score_intervals(ranked.assign(rank_high=100), true)

    assert score.coverage == 1
    assert score_intervals(ranked, true).relative_width == 1


# Identities ------------------------------------------------------------------------------------


def test_joined_pairs_by_hand():
    """Joined: A1A2, A1B, A2B, one right of 3; to be joined: A1A2, A1A3, A2A3, one of 3."""
    truth = truth_of(rings="X: a b c", records="a: A1 A2 A3")

    score = score_identities({"A1": 1, "A2": 1, "B": 1, "A3": 2}, truth)

    assert (score.precision, score.recall, score.f1) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert (score.wrong_pairs, score.missed_pairs, score.records) == (2, 2, 5)


def test_joining_nothing_is_never_wrong_and_finds_nothing():
    """Precision of nothing is none."""
    truth = truth_of(rings="X: a b", records="a: A1 A2")

    score = score_identities({}, truth)

    assert math.isnan(score.precision)
    assert (score.recall, score.f1, score.missed_pairs) == (0, 0, 1)


def test_nothing_to_join_and_nothing_joined_is_perfect():
    """As in records where everybody is once."""
    score = score_identities({"A": "one", "B": "other"}, truth_of(rings="X: a b"))

    assert math.isnan(score.recall)
    assert score.f1 == 1


def test_a_record_that_mixes_two_people_is_left_out():
    """No joining can mend it."""
    truth = truth_of(rings="X: a b", records="a: A1 A2 M, b: M B")

    score = score_identities({"A1": 1, "A2": 1, "M": 1, "B": 1}, truth)

    assert (score.records, score.mixed, score.wrong_pairs) == (3, 1, 2)
    assert score.recall == 1


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=20))
def test_pairs_counted_are_pairs_listed(numbers):
    """And a table of groups says what a mapping says, in any order."""
    records = {
        who: [f"P{place}" for place, (one, _) in enumerate(numbers) if one == who]
        for who in range(5)
    }
    truth = truth_of(records=", ".join(f"w{who}: {' '.join(ids)}" for who, ids in records.items()))
    groups = {f"P{place}": group for place, (_, group) in enumerate(numbers)}

    score = score_identities(groups, truth)
    listed = pd.DataFrame(list(groups.items())[::-1], columns=["person_id", "group"])

    both = sum(a == b for a, b in combinations(numbers, 2) if a[0] == b[0] and a[1] == b[1])
    same = sum(a[0] == b[0] for a, b in combinations(numbers, 2))
    joined = sum(a[1] == b[1] for a, b in combinations(numbers, 2))
    assert (score.wrong_pairs, score.missed_pairs) == (joined - both, same - both)
    assert score.f1 == pytest.approx(2 * both / (same + joined) if same + joined else 1)
    assert repr(score_identities(listed, truth)) == repr(score)


def test_many_records_of_one_person_need_no_list_of_pairs():
    """Five thousand million pairs are counted from one number."""
    ids = [f"P{number}" for number in range(100_000)]
    truth = truth_of(records=f"a: {' '.join(ids)}")

    score = score_identities(dict.fromkeys(ids, "a"), truth)

    assert (score.precision, score.recall) == (1, 1)
    assert score_identities({}, truth).missed_pairs == 4_999_950_000


# Ties ------------------------------------------------------------------------------------------


def guesses(text):
    """``"A-B:3 A-C:1"`` as scored pairs."""
    rows = [(*pair.split(":")[0].split("-"), float(pair.split(":")[1])) for pair in text.split()]
    return pd.DataFrame(rows, columns=["source", "target", "score"])


def test_foretold_ties_by_hand():
    """Of 6 pairs 1 is recorded; c-d stands second of the lines, b-d was never scored."""
    truth = truth_of(ties="a-b c-d? b-d?")

    score = score_ties(guesses("A-C:9 D-C:8 A-B:7 A-D:1"), truth)

    assert score.average_precision == pytest.approx((1 / 2) / 2)
    assert (score.positives, score.unscored, score.scored) == (2, 1, 3)
    assert score.base_rate == pytest.approx(2 / 5)


def test_pairs_of_the_same_score_have_no_order():
    """One of two level lines: first in half of the orders."""
    truth = truth_of(ties="a-b? a-c b-c")

    assert score_ties(guesses("A-B:1"), truth).average_precision == 1
    truth = truth_of(ties="a-b? a-c b-d")
    assert score_ties(guesses("A-D:1 A-B:1"), truth).average_precision == pytest.approx(3 / 4)


def test_a_tie_with_any_record_is_known():
    """Calls nobody recorded between two whose kinship is recorded are no missing tie."""
    truth = truth_of(ties="a-b? b-a c-d?")

    score = score_ties(guesses("A-B:2 C-D:1"), truth)

    assert (score.positives, score.scored, score.average_precision) == (1, 1, 1)


def test_ties_of_people_nobody_recorded_are_not_asked_for():
    """No score of records could name them."""
    truth = truth_of(ties="a-b? c-d?", records="a:")

    assert score_ties(guesses("C-D:1"), truth).positives == 1


def test_any_record_of_a_person_foretells_a_tie_once():
    """The second pair of records of the same two takes a line and is no further hit."""
    truth = truth_of(ties="a-b? a-c?", records="a: A1 A2")

    score = score_ties(guesses("A1-B:3 A2-B:2 A2-C:1 A1-A2:0"), truth)

    assert score.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert (score.scored, score.unscored) == (4, 0)


def test_of_two_scores_of_a_pair_the_highest_counts():
    """Whichever way round it was written."""
    truth = truth_of(ties="a-b? c-d?")

    score = score_ties(guesses("B-A:1 A-C:5 A-B:9 C-D:2 C-C:99"), truth)

    assert score.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert score.scored == 3


def test_no_missing_tie_is_nothing_to_foretell():
    """Not zero: nothing was asked."""
    score = score_ties(guesses("A-B:1"), truth_of(ties="a-b"))

    assert math.isnan(score.average_precision)
    assert math.isnan(score.chance)


def test_a_record_that_mixes_people_foretells_what_any_of_them_has():
    """M is a and b: M-C is known by b, and foretold by a; M-D is known by b, and no line."""
    truth = truth_of(ties="a-c? b-c b-d", records="a: M, b: M, c: C, d: D")

    score = score_ties(guesses("M-D:2 M-C:1"), truth)

    assert (score.scored, score.average_precision) == (1, 1)


def test_a_tie_to_oneself_is_no_missing_tie():
    """An account moved to one's own other account."""
    assert score_ties(guesses("A-B:1"), truth_of(ties="a-a? a-b?")).positives == 1


@FEW
@given(st.sets(st.sampled_from(list(combinations("abcde", 2))), min_size=1))
def test_chance_is_what_level_lines_give(missing):
    """All pairs of the same score: the mean of every order, by two ways of working it out."""
    truth = truth_of(records="a: A, b: B, c: C, d: D, e: E",
                     ties=" ".join(f"{a}-{b}?" for a, b in sorted(missing)))  # fmt: skip
    every = " ".join(f"{a}-{b}:1" for a, b in combinations("ABCDE", 2))

    score = score_ties(guesses(every), truth)

    assert score.average_precision == pytest.approx(score.chance)
    assert score.base_rate == pytest.approx(len(missing) / 10)


@FEW
@given(
    st.sets(st.sampled_from(list(combinations("abcde", 2))), min_size=1),
    st.lists(st.integers(0, 5), min_size=10, max_size=10),
    st.randoms(use_true_random=False),
)
def test_foretold_ties_have_no_order_and_the_truth_scores_one(missing, scores, random):
    """Rows in another order, ends turned and scores doubled change nothing."""
    pairs = list(combinations("abcde", 2))
    truth = truth_of(ties=" ".join(f"{a}-{b}?" for a, b in sorted(missing)))
    rows = [(a.upper(), b.upper(), score) for (a, b), score in zip(pairs, scores, strict=True)]
    scored = pd.DataFrame(rows, columns=["source", "target", "score"])
    turned = scored.rename(columns={"source": "target", "target": "source"})
    other = turned.assign(score=2 * turned["score"]).sample(
        frac=1, random_state=random.randint(0, 9)
    )
    best = scored.assign(score=[pair in missing for pair in pairs])

    assert score_ties(other, truth) == score_ties(scored, truth)
    assert score_ties(best, truth).average_precision == pytest.approx(1)


def test_chance_among_many_pairs_is_close_to_the_base_rate():
    """1,770 pairs, 59 positives: the sum over every line, done here in full."""
    people = [f"p{number:04d}" for number in range(60)]
    tied = [f"{people[0]}-{one}?" for one in people[1:]]
    lines, hits = 1_770, 59
    places = np.arange(1, lines + 1)
    wanted = ((1 + (places - 1) * (hits - 1) / (lines - 1)) / places).mean()

    score = score_ties(guesses("P0001-P0002:1"), truth_of(ties=" ".join(tied)))

    assert score.chance == pytest.approx(wanted, rel=1e-10)
    assert score.base_rate == pytest.approx(59 / 1_770)


@pytest.mark.parametrize(
    ("score", "tables"),
    [(score_rings, {"party": ["A"]}), (score_brokers, {"name": ["A"]}),
     (score_identities, {"person_id": ["A"]}), (score_ties, {"source": ["A"]})],
)  # fmt: skip
def test_a_table_that_lacks_a_column_is_refused(score, tables):
    """One line that names it."""
    with pytest.raises(GraphError, match="has no column"):
        score(pd.DataFrame(tables), truth_of(rings="X: a"))
