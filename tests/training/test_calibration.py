"""Figures of invented cases: each counted by hand on a folder of a few rows."""

from __future__ import annotations

import json
from itertools import combinations
from math import nan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ringmap.errors import RecordsError, ScenarioError
from ringmap.model import parse_settings
from ringmap.records import read
from ringmap.training import calibration, generate_cases, load_profile, structure
from ringmap.training.calibration import (
    CALIBRATION_COLUMNS,
    FIGURES,
    Target,
    format_calibration,
    list_targets,
    measure_figures,
)
from ringmap.training.settings import read_settings
from ringmap.training.structure import (
    count_same_stage,
    fit_core_periphery,
    measure_structure,
    same_stage_odds,
    same_stage_ratio,
)
from rings import write_folder

PROFILES = sorted((Path(calibration.__file__).parent / "profiles").glob("*.yaml"))

# C1, 2011, and C2, 2012 (known by its report alone), are of trafficking; C3 is a drug file.
CASES = """case_id,reported,detected,country,purpose
C1,2010-12-30,2011-02-01,VN,forced_marriage
C2,2012-03-01,,VN,forced_labour
C3,2011-05-05,2011-05-05,VN,
"""
# A is charged in C1 (told twice) and convicted in C2; B only suspected; V1 and V2 victims of C1,
# V1 also of C2; V3 and V4 of C2. N turned out to be no victim. D is a courier in the drug file.
ROLES = """person_id,case_id,role,standing,victim_status
A,C1,recruiter,charged,
A,C1,transporter,wanted,
A,C2,recruiter,convicted,
B,C1,recruiter,suspected,
V1,C1,victim,identified_victim,handed_over
V2,C1,victim,possible_victim,missing
V1,C2,victim,identified_victim,rescued
V3,C2,victim,identified_victim,supported
V4,C2,victim,identified_victim,
N,C2,victim,not_a_victim,
D,C3,transporter,convicted,
"""
PEOPLE = """person_id,sex,born,age
A,male,1980,
B,male,1981,
V1,female,1995-02-10,
V2,male,1994-07-01,
V3,male,,15
V4,,,
N,female,,
D,male,,
"""
PLACES = """place_id,name,kind,country
L1,Bản,village,VN
L2,Gate,border_gate,VN
L3,Far,farm,CN
L4,Boat,fishing_boat,VN
L5,House,private_house,LA
"""
# V1 turned 16 on the day she was moved; V2 was 16 years and 7 months old; V3 is 15 as recorded.
EVENTS = """event_id,kind,case_id,date,from_place,to_place,person_id,amount,currency,leg
E1,transported,C1,2011-02-10,L1,L2,V1;V2,,,1
E2,exploited,C1,2011-03,,L3,V1,,,
E3,transported,C1,2011-02-11,L2,L5,V2,,,2
E4,returned,C1,2011-12,L3,L1,V1,,,3
E5,exploited,C2,2012-01,,L4,V3,,,
E6,escaped,C2,2012-02,,L1,V4,,,
E7,demanded_ransom,C1,2011-04,,,V1,1500,USD,
E8,demanded_ransom,C1,2011-05,,,V1,3000,USD,
E9,demanded_ransom,C2,2011-05,,,V3,9000,CNY,
E10,demanded_ransom,C3,2011-05,,,D,70,USD,
"""


@pytest.fixture
def folder(tmp_path):
    """Three case files of which two are of trafficking, and no truth."""
    return write_folder(
        tmp_path, cases=CASES, people=PEOPLE, roles=ROLES, places=PLACES, events=EVENTS
    )


def wanted(figure, of="", years=None):
    return Target(figure, of, years, "", 0, 1, "S")


def result(folder, figure, of="", years=None):
    """One figure of a folder."""
    return measure_figures(folder, [wanted(figure, of, years)])["result"][0]


@pytest.mark.parametrize(
    ("figure", "year", "count"),
    [
        ("cases", 2011, 1), ("cases", 2012, 1), ("cases", 2010, 0),
        ("offenders", 2011, 1), ("offenders", 2012, 1),
        ("victims", 2011, 2), ("victims", 2012, 3),
    ],
)  # fmt: skip
def test_people_count_once_in_each_case_of_a_year(folder, figure, year, count):
    """The suspected, the cleared and the drug file do not count."""
    assert result(folder, figure, years=(year, year)) == count


def test_years_add_up(folder):
    """A and V1 count in both of their cases."""
    assert result(folder, "cases", years=(2011, 2012)) == 2
    assert result(folder, "offenders") == 2
    assert result(folder, "victims") == 5


@pytest.mark.parametrize(
    ("country", "share"), [("CN", 1 / 3), ("LA", 1 / 3), ("AT_HOME", 1 / 3), ("KH", 0)]
)
def test_a_destination_is_where_a_victim_was_exploited_or_else_taken(folder, country, share):
    """V1 in China, V2 led to Laos, V3 on a boat at home; a way home is no destination."""
    assert result(folder, "destination", country) == pytest.approx(share)


def test_a_case_crossed_when_its_places_lie_in_two_countries(folder):
    """C1 did, C2 stayed at home."""
    assert result(folder, "crossed_border") == 0.5
    assert result(folder, "crossed_border", years=(2011, 2011)) == 1


def test_a_case_without_places_is_not_counted_as_staying(folder):
    """An event that says so is enough; a case that says nothing is left out."""
    write_folder(
        folder, events="event_id,kind,case_id,person_id\nE1,crossed_border,C2,V3\nE2,met,C1,V1\n"
    )

    assert result(folder, "crossed_border") == 1


def test_an_age_is_that_of_the_first_event(folder):
    """V1 is 16 to the day, in C2 17; V2 is 16, V3 15 as recorded; V4's age is not known."""
    assert result(folder, "under_16") == 1 / 4
    assert result(folder, "under_16", years=(2011, 2011)) == 0
    assert result(folder, "under_18") == 1


def test_a_year_of_birth_counts_from_its_middle(folder):
    """Born in 1995, moved in June 2011: 15; in July 2011: 16."""
    for month, share in (("06", 1), ("07", 0)):
        write_folder(
            folder,
            people="person_id,born\nV1,1995\nV2,\n",
            roles=ROLES.replace("V1,C2", "V2,C2"),
            events=f"event_id,kind,case_id,date,person_id\nE1,deceived,C1,2011-{month}-20,V1\n",
        )

        assert result(folder, "under_16") == share


def test_women_and_children_are_either(folder):
    """All under 18 but V4, of whom nothing is known and who is left out."""
    assert result(folder, "women_and_children") == 1

    write_folder(folder, people=PEOPLE.replace("V2,male,1994", "V2,male,1984"))
    assert result(folder, "women_and_children") == 3 / 4


def test_returned_by_status_or_else_by_event(folder):
    """V1 twice, V3 as supported, V4 by escaping; V2 is missing."""
    assert result(folder, "returned") == 4 / 5
    for way in ("handed_over", "rescued", "returned_alone"):
        assert result(folder, "way_of_return", way) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("of", "usd"), [("minimum", 1500), ("median", 2250), ("maximum", 3000)])
def test_ransoms_are_those_asked_in_dollars(folder, of, usd):
    """Yuan are not counted as dollars, nor what was asked in a drug file."""
    assert result(folder, "ransom_usd", of) == usd


def test_a_ransom_may_be_told_by_a_tie(folder):
    """With its amount, of a later year."""
    write_folder(
        folder,
        ties="source,target,kind,case_id,amount,currency\nA,V3,demanded_ransom,C2,8000,USD\n",
    )

    assert result(folder, "ransom_usd", "maximum", (2012, 2012)) == 8000


def test_what_is_not_recorded_is_no_number(tmp_path):
    """Nothing to count gives no share of zero."""
    write_folder(tmp_path, cases="case_id,detected,purpose\nC1,2011,forced_labour\n")
    for figure, of in (("under_16", ""), ("ransom_usd", "median"), ("returned", ""),
                       ("destination", "CN"), ("crossed_border", "")):  # fmt: skip
        found = measure_figures(tmp_path, [wanted(figure, of)])

        assert np.isnan(found["result"][0])
        assert not found["within"][0]


# --- targets


PROFILE = """
sources: {S0: a table, S1: a paper}
years:
  2006: [328, 607, 966]
  2007: [369, 681, 938]
targets:
  - {figure: victims, year: 2007, exactly: 938, source: S1}
  - {figure: destination, of: CN, at_least: 70%, source: S1}
  - {figure: under_16, years: 2006-2007, target: 9%, within: 1.5%, source: S1}
  - {figure: ransom_usd, of: median, between: [1500, 3000], source: S0}
  - {figure: mean_degree, of: truth, at_least: 1.25, at_most: 4, source: S0}
"""


def test_targets_are_those_of_the_years_and_those_listed():
    """A listed one takes the place of a year's own."""
    targets = list_targets(parse_settings(PROFILE, "p.yaml", ScenarioError))

    assert [(one.figure, one.years, one.low, one.source) for one in targets[:5]] == [
        ("cases", (2006, 2006), 328, "S0"),
        ("offenders", (2006, 2006), 607, "S0"),
        ("victims", (2006, 2006), 966, "S0"),
        ("cases", (2007, 2007), 369, "S0"),
        ("offenders", (2007, 2007), 681, "S0"),
    ]
    assert [(one.wanted, one.low, one.high) for one in targets[5:]] == [
        ("938", 938, 938),
        ("at least 70%", 0.7, np.inf),
        ("9% ± 1.5%", pytest.approx(0.075), pytest.approx(0.105)),
        ("1,500 to 3,000", 1500, 3000),
        ("at least 1.25, at most 4", 1.25, 4),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{figure: casses, exactly: 3, source: S0}", "'cases' \\(not 'casses'\\)"),
        ("{figure: cases, exactly: 3, source: S9}", "not 'S9'"),
        ("{figure: cases, source: S0}", "one of 'exactly'"),
        ("{figure: cases, exactly: 3, at_least: 2, source: S0}", "one of 'exactly'"),
        ("{figure: cases, target: 3, source: S0}", "one of 'exactly'"),
        ("{figure: under_16, at_least: 170%, source: S0}", "a share"),
        ("{figure: mean_degree, between: [4, 2], of: truth, source: S0}", "two bounds that rise"),
        ("{figure: mean_degree, at_least: 2, source: S0}", "'of:' for mean_degree"),
        ("{figure: mean_degree, at_least: 2, of: CN, source: S0}", "not 'CN'"),
        ("{figure: cases, of: CN, at_least: 2, source: S0}", "no 'of' for cases"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused_with_its_line(line, said):
    """The line and what was expected there."""
    text = f"sources: {{S0: a table}}\ntargets:\n  - {line}\n"

    with pytest.raises(ScenarioError, match=f"line 3.*{said}"):
        list_targets(parse_settings(text, "p.yaml", ScenarioError))


def test_a_year_needs_its_three_numbers():
    """Cases, offenders, victims."""
    with pytest.raises(ScenarioError, match=r"line 1.*cases, offenders and victims"):
        list_targets(parse_settings("years: {2006: [1, 2]}\n", "p.yaml", ScenarioError))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_profile_can_be_met(path):
    """Bounds rise, no target is told twice, and totals are the sum of their years."""
    targets = list_targets(read_settings(path))
    yearly = {(one.figure, one.years[0]): one.low for one in targets
              if one.years and one.years[0] == one.years[1]}  # fmt: skip
    totals = [one for one in targets if one.figure in ("cases", "offenders", "victims")
              and one.years[0] < one.years[1]]  # fmt: skip

    assert len({(one.figure, one.of, one.years) for one in targets}) == len(targets)
    assert all(one.low <= one.high for one in targets)
    for total in totals:
        years = range(total.years[0], total.years[1] + 1)
        summed = sum(yearly.get((total.figure, year), 0) for year in years)

        assert total.low <= summed <= total.high


def test_the_table_names_target_and_result(folder):
    """A row per target, in its order; shares in percent; what misses is marked."""
    targets = list_targets(parse_settings(
        "sources: {S0: a table}\nyears: {2011: [1, 7, 2]}\n"
        "targets: [{figure: crossed_border, years: 2011-2012, target: 49%, within: 2%, "
        "source: S0}]\n", "p.yaml", ScenarioError,
    ))  # fmt: skip
    table = measure_figures(folder, targets)

    assert list(table.columns) == list(CALIBRATION_COLUMNS)
    assert format_calibration(table).splitlines()[2:] == [
        "| cases |  | 2011 | 1 | 1 | yes | S0 |",
        "| offenders |  | 2011 | 7 | 1 | **no** | S0 |",
        "| victims |  | 2011 | 2 | 2 | yes | S0 |",
        "| crossed_border |  | 2011–2012 | 49% ± 2% | 50% | yes | S0 |",
    ]


def test_what_could_not_be_counted_is_said(tmp_path):
    """Not as a zero."""
    write_folder(tmp_path, cases="case_id,detected,purpose\nC1,2011,forced_labour\n")
    table = measure_figures(tmp_path, [wanted("under_16")])

    assert "| not recorded | **no** |" in format_calibration(table)


# --- structure


def network(ties, people=None):
    """Who is tied to whom in ``"ab bc"``; people in the order of the alphabet."""
    names = people or sorted(set(ties) - {" "})
    tied = np.zeros((len(names), len(names)), dtype=bool)
    for one, other in ties.split():
        tied[names.index(one), names.index(other)] = tied[names.index(other), names.index(one)] = 1
    return tied


def test_a_star_is_centralised_and_all_core_and_periphery():
    """Five people, one tied to all."""
    figures = measure_structure(network("ab ac ad ae"))

    assert figures == {
        "ring_size": 5, "mean_degree": 8 / 5, "density": 4 / 10, "degree_centralisation": 1,
        "transitivity": 0, "clustering": 0, "core_periphery": pytest.approx(1),
        "largest_component": 1,
    }  # fmt: skip


def test_a_triangle_with_a_tail_and_a_stranger():
    """abc closed, d tied to a, e alone: 5 two-paths of which 3 close; neighbours of a 1 of 3."""
    figures = measure_structure(network("ab ac bc ad", list("abcde")))

    assert figures["transitivity"] == 3 / 5
    assert figures["clustering"] == pytest.approx((1 / 3 + 1 + 1) / 5)
    # (3 - 3) + (3 - 2) + (3 - 2) + (3 - 1) + (3 - 0), over 4 * 3
    assert figures["degree_centralisation"] == 7 / 12
    assert figures["largest_component"] == 4 / 5


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_people_have_no_structure(count):
    """Not an error, and no zero where a figure has no meaning."""
    figures = measure_structure(np.zeros((count, count), dtype=bool))

    assert figures["ring_size"] == count
    assert np.isnan(figures["core_periphery"])
    assert np.isnan(figures["transitivity"])


@given(st.integers(3, 7).flatmap(
    lambda n: st.lists(st.booleans(), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2)
))  # fmt: skip
def test_the_core_is_the_best_of_all_cores(pairs):
    """As good as the best found by trying every set of people, by the plain definition."""
    count = next(n for n in range(3, 8) if n * (n - 1) // 2 == len(pairs))
    tied = np.zeros((count, count), dtype=bool)
    tied[np.triu_indices(count, 1)] = pairs
    tied |= tied.T
    fit, core = fit_core_periphery(tied)
    if all(pairs) or not any(pairs):
        assert np.isnan(fit)
        return

    sizes = range(1, count - 1)
    cores = [core for size in sizes for core in combinations(range(count), size)]
    fits = {frozenset(core): plain_fit(tied, core) for core in cores}

    assert fit == pytest.approx(max(fits.values()))
    assert fits[frozenset(np.flatnonzero(core).tolist())] == pytest.approx(fit)


def test_a_searched_core_is_mostly_the_best(monkeypatch):
    """Where there are too many cores to try: the best in nine of ten networks, never above it."""
    chance = np.random.default_rng(7)
    networks = [np.triu(chance.random((12, 12)) < chance.uniform(0.1, 0.6), 1) for _ in range(100)]
    networks = [one | one.T for one in networks]
    best = np.array([fit_core_periphery(one)[0] for one in networks])
    monkeypatch.setattr(structure, "MOST_TRIED", 0)
    lost = best - np.array([fit_core_periphery(one)[0] for one in networks])

    assert lost.min() > -1e-9
    assert (lost < 1e-9).mean() > 0.9
    assert lost.max() < 0.1


def plain_fit(tied, core):
    ideal = [one in core or other in core for one, other in combinations(range(len(tied)), 2)]
    return stats.pearsonr(np.array(ideal, float), tied[np.triu_indices(len(tied), 1)]).statistic


def test_ties_within_a_stage_are_held_against_chance():
    """a, b recruit, c, d guard, e both, f has no stage; ties ab, cd, ac."""
    stages = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 1], [0, 0]], dtype=bool)
    counts = count_same_stage(network("ab cd ac af", list("abcdef")), stages)

    # Same stage: ab, ae, be, cd, ce, de; of different stages ac, ad, bc, bd.
    assert counts == (2, 4, 1, 3)
    # 2 tied of 3 ties * 6 of 10 pairs = 1.8 expected; odds 2 * 3 / (4 * 1).
    assert same_stage_ratio(np.array([counts], float)) == pytest.approx(2 / 1.8)
    assert same_stage_odds(np.array([counts], float)) == pytest.approx(1.5)


def test_rings_are_added_up_before_they_are_compared():
    """Mantel–Haenszel by hand: (6/10 + 1/4) / (4/10 + 1/4)."""
    counts = np.array([[2, 4, 1, 3], [1, 1, 1, 1]], float)

    assert same_stage_odds(counts) == pytest.approx((6 / 10 + 1 / 4) / (4 / 10 + 1 / 4))
    assert same_stage_ratio(counts) == pytest.approx(3 / (1.8 + 1))


TRUTH = {
    "people": "who,name,sex,born,people,country,home,side,roles,stages,rings,recorded_as\n"
    + "".join(f"{who},,,,,,,{side},,{stages},R1,\n" for who, side, stages in (
        ("W1", "offender", "recruitment"), ("W2", "offender", "recruitment;transport"),
        ("W3", "offender", "harbouring"), ("W4", "both", "recruitment;victim"),
        ("W5", "victim", "victim"), ("W6", "other", ""), ("W7", "offender", "finance"),
    )),
    "rings": "ring,scenario,title,offenders,victims,cases,story\nR1,kin-line,,4,2,C1,\n"
    "R2,kin-line,,1,0,,\n",
    "memberships": "ring,who,part\n"
    + "".join(f"R1,W{number},\n" for number in range(1, 7)) + "R2,W7,\n",
    "brokers": "who,ring,rank,between,why,why_vi\n",
    "identities": "person_id,who,name\nP1,W1,\nP2,W2,\nP22,W2,\nP5,W5,\nP6,W6,\n",
    "ties": "tie,source,target,kind,first,last,weight,case_id,records\n"
    "T1,W1,W2,called,,,,,1\nT2,W2,W1,met,,,,,0\nT3,W2,W3,called,,,,,0\nT4,W2,W4,called,,,,,0\n"
    "T5,W1,W5,recruited,,,,,1\nT6,W6,W5,kin_of,,,,,1\nT7,W3,W7,paid,,,,,0\n",
    "errors": "file,key,column,written,true,kind\n",
}  # fmt: skip


@pytest.fixture
def rings(tmp_path):
    """Two rings as they are, and the three people of the first that records tell of."""
    write_folder(tmp_path / "truth", **TRUTH)
    (tmp_path / "truth" / "manifest.json").write_text(json.dumps({}), encoding="utf-8")
    return write_folder(
        tmp_path,
        people="person_id,role,standing,case_id\nP1,recruiter,charged,C1\nP2,recruiter,charged,C1\n"
        "P22,guard,wanted,C1\nP5,victim,identified_victim,C1\nP6,relative,mentioned,C1\n",
        ties="source,target,kind,case_id\nP1,P2,called,C1\nP1,P5,recruited,C1\nP5,P6,kin_of,C1\n"
        "P2,P1,called,C1\n",
    )


@pytest.mark.parametrize(
    ("figure", "of", "number"),
    [
        # Rings of five and one; four and one of them offenders; four and none are recorded.
        ("ring_size", "truth", 3), ("ring_size", "truth offenders", 2.5),
        ("ring_size", "recorded", 4), ("ring_size", "recorded offenders", 3),
        # W1-W2, W2-W3, W2-W4, W1-W5: 8 ends over 5 people, and 0 over 1.
        ("mean_degree", "truth", 0.8), ("mean_degree", "truth offenders", 0.75),
        # P1-P2 and P1-P5, of P1, P2, P22, P5; P1-P2 alone of the offenders.
        ("mean_degree", "recorded", 1), ("mean_degree", "recorded offenders", 2 / 3),
        ("degree_centralisation", "truth offenders", 1), ("core_periphery", "truth offenders", 1),
        ("largest_component", "recorded", 3 / 4),
        # W1-W2, W1-W4 and W2-W4 share a stage, two of three tied, by 3 ties * 3 of 6 pairs.
        ("same_stage_ratio", "truth", 2 / 1.5), ("same_stage_odds", "truth", 2 * 2 / (1 * 1)),
        # P1-P2 both recruit and are tied, alone; P22 guards.
        ("same_stage_ratio", "recorded", 3),
    ],
)  # fmt: skip
def test_a_ring_is_measured_in_truth_and_as_recorded(rings, figure, of, number):
    """Others than offenders and victims are left out; a pair is tied once."""
    assert result(rings, figure, of) == pytest.approx(number)


def test_structure_needs_the_truth(folder):
    """The error says what to make."""
    with pytest.raises(ScenarioError, match=r"truth: there is no such folder.*ringmap generate"):
        result(folder, "ring_size", "truth")


def test_records_that_cannot_be_read_are_no_calibration(tmp_path):
    """The receipt's first fatal problem is the error."""
    write_folder(tmp_path, ties="source,kind\nA,called\n")

    with pytest.raises(RecordsError):
        result(tmp_path, "cases")


def test_every_figure_can_be_measured(rings):
    """No figure of the list is without its measure."""
    of = {"destination": "CN", "way_of_return": "rescued", "ransom_usd": "median"}
    targets = [wanted(figure, of.get(figure, "truth")) for figure in FIGURES]

    assert measure_figures(rings, targets)["figure"].tolist() == list(FIGURES)


def test_at_most_so_many_rings_are_looked_at(tmp_path, monkeypatch):
    """Evenly spaced, the first and the last among them: sizes 1 and 5, not 2 to 4."""
    monkeypatch.setattr(calibration, "MOST_RINGS", 2)
    people = [f"W{ring}{member}" for ring in range(1, 6) for member in range(ring)]
    write_folder(tmp_path / "truth", **TRUTH | {
        "people": TRUTH["people"].splitlines()[0] + "\n"
        + "".join(f"{one},,,,,,,offender,,,,\n" for one in people),
        "rings": TRUTH["rings"].splitlines()[0] + "\n"
        + "".join(f"R{ring},,,,,,\n" for ring in range(1, 6)),
        "memberships": "ring,who,part\n" + "".join(f"R{one[1]},{one},\n" for one in people),
        "ties": TRUTH["ties"].splitlines()[0] + "\n",
    })  # fmt: skip
    (tmp_path / "truth" / "manifest.json").write_text("{}", encoding="utf-8")
    write_folder(tmp_path, cases="case_id,detected\nC1,2011\n")

    assert result(tmp_path, "ring_size", "truth") == 3


#: People, ties a person, Freeman's centralisation, transitivity, mean local clustering,
#: core–periphery fit, share in the largest component.
PUBLISHED = {
    "mexico_trafficking_network/mexico_edges.csv": (34, 13.235, 0.443, 0.630, 0.647, 0.334, 1),
    "synthetic_sex_trafficking_kosmas/HT5_1_40.graphml": (28, 4.643, 0.134, 0.600, 0.597, 0.191, 1),
    "synthetic_sex_trafficking_kosmas/HT5_2_40.graphml": (32, 5.438, 0.123, 0.604, 0.664, 0.181, 1),
    "synthetic_sex_trafficking_kosmas/HT5_3_40.graphml": (35, 5.029, 0.186, 0.632, 0.736, 0.159, 1),
    "synthetic_sex_trafficking_kosmas/HT5_4_40.graphml": (35, 6.171, 0.213, 0.429, 0.480, 0.178, 1),
    "synthetic_sex_trafficking_kosmas/HT5_5_40.graphml": (27, 4.296, 0.112, 0.587, 0.564, 0.182, 1),
    "cockbain_uk_cse_victims/central_edges.csv": (4, 3, 0, 1, 1, nan, 1),
    "cockbain_uk_cse_victims/chalice_edges.csv": (6, 2, 0.6, 0.3, 0.25, 0.667, 1),
    "cockbain_uk_cse_victims/retriever_edges.csv": (25, 2.72, 0.284, 0.390, 0.351, 0.295, 0.76),
    "cockbain_uk_cse_victims/span_edges.csv": (5, 2, 0.417, 0.429, 0.333, 0.655, 1),
    "caviar/caviar_full_undirected_edges.csv": (110, 3.727, 0.526, 0.123, 0.335, 0.410, 1),
    "montagna/meetings_edges.csv": (101, 5.069, 0.193, 0.418, 0.656, 0.199, 0.911),
    "montagna/phonecalls_edges.csv": (100, 2.48, 0.232, 0.073, 0.105, 0.299, 0.890),
    "roxanne_phone/israel_lea_case2_speakers.json": (124, 2.161, 0.635, 0.009, 0.059, 0.655, 1),
}


@pytest.mark.parametrize("file", PUBLISHED)
def test_published_networks_have_the_figures_that_targets_were_chosen_by(file, shared_data):
    """Those of Mexico as published: density 0.401, centralisation 44.32 %."""
    case = read(shared_data / file).case
    tied = np.zeros((len(case.parties),) * 2, dtype=bool)
    tied[case.ties["source"], case.ties["target"]] = True
    np.fill_diagonal(tied, val=False)
    figures = measure_structure(tied | tied.T)
    names = ("ring_size", "mean_degree", "degree_centralisation", "transitivity", "clustering",
             "core_periphery", "largest_component")  # fmt: skip

    assert [figures[name] for name in names] == pytest.approx(
        PUBLISHED[file], abs=0.0006, nan_ok=True
    )


def test_the_mexican_network_ties_within_stages_more_than_by_chance(shared_data):
    """29 of its 34 have a stage: 45 ties within one where chance gives 31.5; odds 2.38."""
    folder = shared_data / "mexico_trafficking_network"
    nodes = pd.read_csv(folder / "mexico_nodes.csv").set_index("id")["role"]
    edges = pd.read_csv(folder / "mexico_edges.csv")
    tied = np.zeros((len(nodes),) * 2, dtype=bool)
    tied[edges["source"], edges["target"]] = True
    stages = pd.get_dummies(nodes.sort_index().map(STAGE_IN_MEXICO)).to_numpy(dtype=bool)
    counts = count_same_stage(tied | tied.T, stages)

    assert counts == (45, 34, 117, 210)
    assert same_stage_ratio(np.array([counts], float)) == pytest.approx(1.428, abs=0.0006)
    assert same_stage_odds(np.array([counts], float)) == pytest.approx(2.376, abs=0.0006)


STAGE_IN_MEXICO = {
    "keeper/guard": "harbouring", "escort/bodyguard": "harbouring", "courier": "transport",
    "driver": "transport", "exploiter": "exploitation", "recruiter": "recruitment",
    "victim-turned-recruiter": "recruitment", "guide": "crossing", "public official": "crossing",
}  # fmt: skip


def test_the_manual_has_the_table_that_the_command_prints(tmp_path):
    """docs/calibration.md was not written by an older generator: shown for the smallest profile."""
    name = "vietnam-2022-2023"
    generate_cases(tmp_path / "cases", profile=name, seed=0)
    table = measure_figures(tmp_path / "cases", list_targets(load_profile(name).setting))
    manual = Path(__file__).resolve().parents[2] / "docs" / "calibration.md"

    assert format_calibration(table) in manual.read_text(encoding="utf-8")
