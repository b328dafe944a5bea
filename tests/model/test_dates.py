"""Stored dates: their days and precision, and that every room takes intervals and "about"."""

from __future__ import annotations

import datetime
import itertools

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from disclosure.case_folders import case_of
from ringmap.analysis import find_crossings, find_paths_in_time
from ringmap.cli import main
from ringmap.disclosure import clear
from ringmap.graph import build_graph, graph_from_ties
from ringmap.model import (
    begins_after,
    earliest,
    earliest_of,
    end_of,
    first_day,
    is_about,
    last_day,
    latest,
    latest_of,
    precision,
    start_of,
)
from ringmap.report import render_report
from ringmap.report.contents import gather_contents
from ringmap.report.doubts import find_contradictions
from ringmap.view import render_network, routes
from view.small_case import brokers_of, cleared_of


def day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "first", "last", "exact", "about", "start", "end"),
    [
        ("2019", "2019-01-01", "2019-12-31", "year", False, "2019", "2019"),
        ("2019-02", "2019-02-01", "2019-02-28", "month", False, "2019-02", "2019-02"),
        ("2020-02", "2020-02-01", "2020-02-29", "month", False, "2020-02", "2020-02"),
        ("2019-05-03", "2019-05-03", "2019-05-03", "day", False, "2019-05-03", "2019-05-03"),
        ("2019-05~", "2019-05-01", "2019-05-31", "month", True, "2019-05", "2019-05"),
        ("2019?", "2019-01-01", "2019-12-31", "year", True, "2019", "2019"),
        ("2019-03/2019-05", "2019-03-01", "2019-05-31", "interval", False, "2019-03", "2019-05"),
        ("2018~/2019-05-03", "2018-01-01", "2019-05-03", "interval", True, "2018", "2019-05-03"),
        ("2019-03/..", "2019-03-01", None, "interval", False, "2019-03", ""),
        ("../2019-03~", None, "2019-03-31", "interval", True, "", "2019-03"),
    ],
)
def test_a_date_tells_its_days(date, first, last, exact, about, start, end):
    """By hand, from ISO 8601-2:2019; "about" widens nothing."""
    assert (first_day(date), last_day(date)) == (day(first), day(last))
    assert (precision(date), is_about(date)) == (exact, about)
    assert (start_of(date), end_of(date)) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["", "unknown", "2019-13", "2019-02-29", "0000", "19", "..", "../..", "2019/", "/2019", "a/b",
     "2019/2020/2021", "2019~~", "~2019", "2019-5", "2019-05-03T10:00", "٢٠١٩", "1995-1999"],
)  # fmt: skip
def test_other_text_is_no_date(text):
    """It comes back as it is, and tells nothing."""
    assert (first_day(text), last_day(text), precision(text), is_about(text)) == (
        None, None, None, False
    )  # fmt: skip
    assert (start_of(text), end_of(text)) == (text, text)


@given(st.text(max_size=30) | st.text(alphabet="0123456789-/.~?", max_size=24))
def test_no_text_is_an_error(text):
    """What files of others hold may be anything."""
    first, last = first_day(text), last_day(text)

    assert (precision(text) is None) <= (first is None and last is None)
    assert is_about(text) <= (precision(text) is not None)
    assert (start_of(text) == text) or precision(text) is not None


@given(st.dates())
def test_a_day_is_its_own_first_and_last(one):
    """Of the standard library's days, all."""
    assert first_day(one.isoformat()) == last_day(one.isoformat()) == one


_MANY = ("2018", "2019", "2019~", "2019-01", "2019-05", "2019-05-03", "2019-03/2019-05", "2019-12",
         "2019-03/..", "../2018-05", "2018-12/2019-06~")  # fmt: skip


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        (["2019", "2019-05"], "2019", "2019"), (["2019-03-15", "2019-03/2019-05"],
        "2019-03/2019-05", "2019-03/2019-05"), (["2019-03/2019-05~", "2019-04"],
        "2019-03/2019-05~", "2019-03/2019-05~"), (["2019-05~", "2019-05-03"], "2019-05~",
        "2019-05~"), (["../2018-05", "2017"], "../2018-05", "../2018-05"),
        (["2019-03/..", "2024"], "2019-03/..", "2019-03/.."), ([None, float("nan")], None, None),
        (["2018-12/2019-06~", "2019-01", None], "2018-12/2019-06~", "2018-12/2019-06~"),
    ],
)  # fmt: skip
def test_of_many_dates_the_first_and_the_last_are_found(dates, first, last):
    """By the days that they allow, and not by their signs."""
    assert (earliest(dates), latest(dates)) == (first, last)
    assert (earliest(dates[::-1]), latest(dates[::-1])) == (first, last)


@given(st.lists(st.tuples(st.sampled_from([*_MANY, None]), st.integers(0, 3)), max_size=12))
def test_groups_have_their_own_first_and_last(rows):
    """The fast way over a column and the plain way over each group are twins."""
    dates = pd.Series([date for date, _ in rows], dtype="str")
    group = np.array([number for _, number in rows], dtype=np.int64)
    parts = [[date for date, number in rows if number == one] for one in range(4)]

    for found, plain in ((earliest_of, earliest), (latest_of, latest)):
        table = found(dates, group, 4)
        assert [None if pd.isna(one) else one for one in table] == [plain(part) for part in parts]


@pytest.mark.parametrize(
    ("date", "other", "after"),
    [
        ("2020", "2019", True), ("2019-05", "2019", False), ("2019", "2019-05", False),
        ("2019-06", "2019-05", True), ("2019-06/2019-07", "2019-05-03", True),
        ("2019-03/2019-07", "2019-05", False), ("2019-06~", "2019-05", True),
        ("../2030", "2019", False), ("2019-05-04", "2019-05-03", True),
    ],
)  # fmt: skip
def test_a_date_begins_after_another_or_not(date, other, after):
    """By hand; what may have begun before is not after."""
    assert begins_after(date, other) is after


# ---- Rooms that compare dates


def test_the_view_of_a_day_keeps_ties_that_may_have_begun(tmp_path):
    """An interval counts from its beginning, an open beginning is never too late."""
    firsts = ["2019-05/2019-07", "2019-06~", "../2025", "2019-06/2019-07"]
    rows = [{"source": "A", "target": other, "kind": "met", "first": first}
            for other, first in zip("BCDE", firsts, strict=True)]  # fmt: skip
    people = [{"person_id": one} for one in "ABCDE"]
    graph = build_graph(case_of(tmp_path, people=people, ties=rows), as_of="2019-05-03")

    assert graph.ties["target"].astype(str).tolist() == ["B", "D"]


def test_the_dates_of_a_tie_are_the_widest_of_its_records(tmp_path):
    """Three records of one tie, one with an interval that sorts behind its days as text."""
    dates = [("2019-03-15", "2019-04"), ("2019-03/2019-05", ""), ("2019-04~", "2019-03/2019-05~")]
    rows = [{"source": "A", "target": "B", "kind": "met", "first": first, "last": last}
            for first, last in dates]  # fmt: skip
    case = case_of(tmp_path, people=[{"person_id": one} for one in "AB"], ties=rows)

    assert case.ties[["first", "last"]].values.tolist() == [["2019-03/2019-05", "2019-03/2019-05~"]]


def test_a_way_in_time_uses_all_days_of_an_interval():
    """A–B some time from March to May, B–C in April: possible; B–C in February: not."""
    ties = [("A", "B", "2019-03/2019-05~", "2019-03/2019-05~"), ("B", "C", "2019-04", "2019-04"),
            ("B", "D", "2019-02", "2019-02"), ("B", "E", "../2019-03", "../2019-03"),
            ("B", "F", "2019-02/2019-03", "2019-02/2019-03")]  # fmt: skip
    graph = graph_from_ties(pd.DataFrame(ties, columns=["source", "target", "first", "last"]))

    assert [find_paths_in_time(graph, "A", one).length for one in "CDEF"] == [2, None, 2, 2]


@pytest.fixture
def journey(tmp_path):
    """A victim taken over a border three times, with dates of every sort."""
    legs = [("E1", "2019-03/2019-05"), ("E2", "2019-04-02"), ("E3", "khoảng năm 2019")]
    return case_of(
        tmp_path,
        people=[{"person_id": "V", "name": "Vũ Thị Mơ", "role": "victim",
                 "born": "12/07/2001 – 12/09/2001"},
                {"person_id": "T", "name": "Trần Văn Thử", "role": "transporter", "born": "~1980",
                 "note": "Cô ấy sinh 12/07/2001"}],
        places=[{"place_id": "L1", "name": "Lào Cai", "country": "VN", "lat": "22.4", "lon": "104"},
                {"place_id": "L2", "name": "Hekou", "country": "CN", "lat": "22.5", "lon": "104"},
                {"place_id": "G", "name": "Cầu Hồ Kiều", "kind": "crossing", "country": "VN"}],
        legs=[{"event_id": event, "kind": "transport", "person_id": "V", "moved_by": "T",
               "from_place": "L1", "to_place": "L2", "crossing": "G", "date": date}
              for event, date in legs],
        ties=[{"source": "T", "target": "V", "kind": "met", "first": "2017/2018"},
              {"source": "T", "target": "V", "kind": "met", "first": "2017-05",
               "last": "until 2021"}],
    )  # fmt: skip


def test_a_gate_is_dated_from_the_first_to_the_last_of_its_days(journey):
    """ "2019~" may be any day of the year, so it is both the earliest and the latest."""
    gates = find_crossings(build_graph(journey)).gates

    assert gates[["first", "last"]].values.tolist() == [["2019~", "2019~"]]


def test_a_birth_that_lies_in_one_band_is_told_by_it_and_found_in_notes(journey):
    """Both ends of an interval of days are dates of birth that a note may hold."""
    case = clear(journey, key="k").case
    told = case.statements[case.statements["column"].isin(["born", "note"])]

    assert "2000-2004" in told["value"].tolist()
    assert "Cô ấy sinh 2000-2004" in told["value"].tolist()
    assert not told["value"].str.contains("12/07/2001|2001-07-12").any()


@pytest.mark.parametrize(
    ("born", "shown"),
    [("2001~", "2000-2004"), ("2003/2006", "withheld"), ("../2001", "withheld"),
     ("2001/..", "withheld")],
)  # fmt: skip
def test_a_birth_that_lies_in_no_single_band_is_withheld(born, shown, tmp_path):
    """Five years would claim more than the record says; twice cleared is as once."""
    people = [{"person_id": "V", "name": "Vũ Thị Mơ", "role": "victim", "born": born}]
    once = clear(case_of(tmp_path, people=people), key="k")
    twice = clear(once.case, key="k")

    for cleared in (once, twice):
        told = cleared.case.statements.set_index("column")["value"]
        assert told["born"] == shown


def test_cleared_dates_stay_as_they_are(tmp_path):
    """A day in an interval is no date of birth, though somebody was born on that day."""
    dates = "2001-07-12/2001-07-13"
    case = case_of(
        tmp_path, people=[{"person_id": "V", "role": "victim", "born": "2001-07-12"}],
        places=[{"place_id": "L1", "country": "VN"}, {"place_id": "L2", "country": "CN"},
                {"place_id": "G", "kind": "border_gate"}],
        legs=[{"event_id": "E", "kind": "transport", "person_id": "V", "from_place": "L1",
               "to_place": "L2", "crossing": "G", "date": dates}],
    )  # fmt: skip
    cleared = clear(case, key="k", findings={"crossings": find_crossings(build_graph(case))})

    assert cleared.case.events["date"].tolist() == [dates]
    assert cleared.findings["crossings"].gates["first"].tolist() == [dates]


def test_a_report_covers_all_years_that_its_dates_name(journey):
    """From the beginning of 2017/2018 to the end of ../2021."""
    assert gather_contents(clear(journey, key="k")).period() == ("2017", "2021")


def test_journeys_are_dated_by_the_days_that_their_legs_allow(tmp_path):
    """As text "2019-03-15" stands before "2019-03/2019-05", and "2019-04" behind it."""
    dates = ["2019-03-15", "2019-03/2019-05", "2019-04"]
    legs = [{"event_id": f"E{at}", "kind": "transport", "person_id": "V", "from_place": "L1",
             "to_place": "L2", "route": "R", "date": date}
            for at, date in enumerate(dates)]  # fmt: skip
    case = case_of(tmp_path, people=[{"person_id": "V"}], legs=legs,
                   places=[{"place_id": "L1"}, {"place_id": "L2"}])  # fmt: skip
    graphs = {"whole": build_graph(case), "people": build_graph(case, projection="people")}
    cleared = clear(case, key="k", graphs=graphs,
                    findings={"crossings": find_crossings(graphs["whole"])})  # fmt: skip

    assert '<td><span class="when">between March 2019 and May 2019</span></td>' in render_report(
        cleared, title="X"
    )


@pytest.mark.parametrize(
    ("dates", "on"),
    [(["2025-03/2025-08", "2025-06"], "2025-08"), (["2019~"], "2019"), (["2019/.."], None),
     (["../2018", "2017"], "2018")],
)  # fmt: skip
def test_the_map_shows_the_provinces_of_the_last_day(dates, on, tmp_path, monkeypatch):
    """Viet Nam's provinces changed on 2025-07-01."""
    asked = []
    monkeypatch.setattr(routes, "clip_basemap", lambda *_, on, **__: asked.append(on))
    case = case_of(
        tmp_path, people=[{"person_id": "V"}],
        places=[{"place_id": "L1", "lat": "22.4", "lon": "104"},
                {"place_id": "L2", "lat": "22.5", "lon": "104"}],
        legs=[{"event_id": f"E{at}", "kind": "transport", "person_id": "V", "from_place": "L1",
               "to_place": "L2", "date": date} for at, date in enumerate(dates)],
    )  # fmt: skip
    render_network(cleared_of(case, brokers=brokers_of(case)), title="A case")

    assert asked == [on]


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        ("2001", "2001-05", []), ("2001~", "2001", []), ("2001-05~", "2001-05-03", []),
        ("2001-03/2001-05", "2001-04-30", []), ("2001/..", "2003-01", []),
        ("2001-03/2001-05", "2001-06", ["2001-03/2001-05", "2001-06"]),
        ("2001-05~", "2001-06", ["2001-05~", "2001-06"]),
    ],
)  # fmt: skip
def test_a_less_precise_date_contradicts_no_date_within_it(one, other, values, tmp_path):
    """May, about May and the 3rd of May agree; June does not agree with them."""
    people = [{"person_id": "A", "born": one}, {"person_id": "A", "born": other}]
    found = find_contradictions(case_of(tmp_path, people=people))

    assert [[value for value, _ in each.values] for each in found] == ([values] if values else [])


@pytest.mark.parametrize("day", ["2019-03/2019-05", "about 2019", "before 2019", "2019~"])
def test_a_view_is_asked_for_as_of_a_single_date(day, tmp_path):
    """A day, month or year: what began after an interval is not said."""
    file = tmp_path / "ties.csv"
    file.write_text("source,target\nA,B\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["brokers", str(file), "--as-of", day])

    assert result.exit_code == 2
    assert f"not a single date: {day}; write 2019-05-03, 2019-05 or 2019" in result.stderr


def test_pairs_of_dates_are_ordered_as_their_days():
    """`earliest` and `latest` agree with the first and last days of every pair."""
    for one, other in itertools.permutations(_MANY, 2):
        first, last = earliest([one, other]), latest([one, other])
        assert (first_day(first) or datetime.date.min) == min(
            first_day(date) or datetime.date.min for date in (one, other)
        )
        assert (last_day(last) or datetime.date.max) == max(
            last_day(date) or datetime.date.max for date in (one, other)
        )
