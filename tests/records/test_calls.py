"""Call-detail records: summed up into who was in touch with whom, whole or as a stream."""

import datetime
import io
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.records import read
from ringmap.records import reading as reading_module
from ringmap.records.call_starts import Calendar
from ringmap.records.calls import stream_calls
from ringmap.records.tabletext import RawTable
from rings import canonical, only_problem, problems, read_file, said_of

CALLS = (
    "Caller,Called,Start,Duration,Cell,Type\n"
    "0912 345 678,0987654321,13/05/2019 14:22:10,65,C1,voice\n"
    "0912345678,0987654321,14/05/2019 09:00,00:01:05,C2,voice\n"
    "0912345678,0987654321,12/05/2019,,C2,SMS\n"
    "0987654321,0912.345.678,15/05/2019 01:02,30,,voice\n"
)


def contacts_of(case):
    """Numbers, kind, strength, first and last day of each tie between telephones."""
    names = case.parties["name"].tolist()
    return [
        (names[tie.source], names[tie.target], tie.kind, tie.weight, tie.first, tie.last)
        for tie in case.ties.itertuples()
        if tie.kind != "seen_at"
    ]


def test_calls_are_summed_up_by_pair(tmp_path):
    """Two calls one way, a message apart, one call back; spaces and dots do not matter."""
    result = read_file(tmp_path, "cdr.csv", CALLS)

    assert problems(result) == []
    assert (result.receipt.rows_read, result.receipt.rows_used) == (4, 4)
    assert result.receipt.files[0].format == "csv (calls)"
    assert sorted(contacts_of(result.case)) == [
        ("0912345678", "0987654321", "called", 2.0, "2019-05-13", "2019-05-14"),
        ("0912345678", "0987654321", "messaged", 1.0, "2019-05-12", "2019-05-12"),
        ("0987654321", "0912345678", "called", 1.0, "2019-05-15", "2019-05-15"),
    ]


@pytest.mark.parametrize(
    "time",
    ["08:15", "8:15", "08:15:22", "08:15:22.123", "08:15:22 PM", "8.15", "8h15", "23:59:59+07:00",
     "00:00:00Z", "14:30:00 UTC", "14:30 +0700"],
)  # fmt: skip
@pytest.mark.parametrize("day", ["13/05/2019", "2019-05-13"])
def test_the_day_of_a_call_stands_before_any_time(day, time, tmp_path):
    """The time itself is not kept."""
    text = f"Caller,Called,Start\n0912,0987,{day} {time}\n0912,0987,14/05/2019 08:15\n"
    result = read_file(tmp_path, "cdr.csv", text)

    assert problems(result) == []
    assert contacts_of(result.case) == [
        ("0912", "0987", "called", 2.0, "2019-05-13", "2019-05-14")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("Date,Time", "{day},{time}"), ("Time,Date", "{time},{day}"),
        ("Start date,Start time", "{day},{time}"), ("CallDate,CallTime", "{day},{time}"),
        ("Ngày,Giờ", "{day},{time}"), ("Ngày,Thời gian", "{day},{time}"),
        ("日期,时间", "{day},{time}"), ("Date,Start", "{day},{time}"),
        ("Date,Time", "{day},1899-12-30 {time}"), ("Date,Time", "{day} 00:00:00,{time}"),
        ("Date,Time", "{day},30/12/1899 {time}"), ("Date,Time", "{day},1/0/1900 {time}"),
    ],
)  # fmt: skip
def test_a_day_and_a_time_of_day_may_stand_in_columns_of_their_own(headings, cells, tmp_path):
    """Whichever stands first; nothing is told, for the time is not kept anyway."""
    rows = [cells.format(day=f"{day}/05/2019", time=time)
            for day, time in (("13", "08:15:00"), ("14", "9:05"), ("15", ""))]  # fmt: skip
    text = f"Caller,Called,{headings}\n" + "".join(f"0912,0987,{row}\n" for row in rows)
    result = read_file(tmp_path, "cdr.csv", text)

    assert problems(result) == []
    assert contacts_of(result.case) == [
        ("0912", "0987", "called", 3.0, "2019-05-13", "2019-05-15")
    ]  # fmt: skip


def test_a_time_that_is_none_and_a_day_that_differs_are_told(tmp_path):
    """Row 1 counts by its day; row 2 by the day that stands with the time."""
    text = (
        "Caller,Called,Date,Start time\n"
        "0912,0987,13/05/2019,25:70\n"
        "0912,0987,13/05/2019,14/05/2019 00:05\n"
    )
    result = read_file(tmp_path, "cdr.csv", text)

    assert [(one.row, one.column, one.reason) for one in problems(result)] == [
        (1, "Start time", "not a date that ringmap knows"),
        (2, "Start time", "another day than under 'Date'"),
    ]
    assert contacts_of(result.case)[0][4:] == ("2019-05-13", "2019-05-14")


def test_a_day_in_a_third_column_counts(tmp_path):
    """Row 2 has its day under Datetime alone; row 3 another there than under Date."""
    text = (
        "Caller,Called,Date,Time,Datetime\n"
        "0912,0987,13/05/2019,08:15,\n"
        "0912,0987,,,12/05/2019 21:40\n"
        "0912,0987,13/05/2019,23:59,14/05/2019 00:05\n"
    )
    result = read_file(tmp_path, "cdr.csv", text)

    assert [(one.row, one.column, one.reason) for one in problems(result)] == [
        (3, "Datetime", "another day than under 'Date'")
    ]
    assert contacts_of(result.case) == [
        ("0912", "0987", "called", 3.0, "2019-05-12", "2019-05-14")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "starts",
    [["1557756130", "1557878400"], ["1557756130123", "1557878400000"],
     ["1557756130.5", "1557878400"]],
)  # fmt: skip
def test_seconds_since_1970_are_read_as_utc_and_that_is_told(starts, tmp_path):
    """1557756130 is 14:02:10 on 13 May 2019 (18,029 days of 86,400 s and 50,530 s)."""
    rows = "".join(f"0912,0987,{start}\n" for start in starts)
    result = read_file(tmp_path, "cdr.csv", f"Caller,Called,Start\n{rows}")

    assert only_problem(result).reason == (
        "'Start' is read as seconds since 1970, its days as those of UTC"
    )
    assert contacts_of(result.case) == [
        ("0912", "0987", "called", 2.0, "2019-05-13", "2019-05-15")
    ]  # fmt: skip


def test_a_written_day_counts_before_one_of_utc_that_is_told(tmp_path):
    """1557773730 is 18:55:30 on 13 May 2019 by UTC, 01:55:30 on the 14th in Viet Nam."""
    text = "Caller,Called,Date,Time\n0912,0987,14/05/2019,1557773730\n0912,0987,,1557878400\n"
    result = read_file(tmp_path, "cdr.csv", text)

    assert only_problem(result).reason == (
        "'Time' is read as seconds since 1970, its days as those of UTC"
    )
    assert contacts_of(result.case) == [
        ("0912", "0987", "called", 2.0, "2019-05-14", "2019-05-15")
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["1905131422", "2019051314", "0912345678", "155775613"])
def test_a_number_that_need_not_be_seconds_is_no_start(start, tmp_path):
    """Year, month, day, hour and minute; a telephone; too few digits."""
    result = read_file(tmp_path, "cdr.csv", f"Caller,Called,Start\n0912,0987,{start}\n")

    assert (only_problem(result).column, only_problem(result).value) == ("Start", start)
    assert not isinstance(contacts_of(result.case)[0][4], str)


def test_fourteen_digits_are_a_day_and_its_time(tmp_path):
    """As many exchanges write it."""
    text = "Caller,Called,Start\n0912,0987,20190513142210\n"
    result = read_file(tmp_path, "cdr.csv", text)

    assert problems(result) == []
    assert contacts_of(result.case)[0][4] == "2019-05-13"


def test_a_call_of_too_many_cells_is_refused_alone(tmp_path):
    """It ended in an IndexError."""
    text = CALLS.replace("65,C1,voice", "65,C1,voice,more").replace("30,,voice", "30,,voice,,")
    result = read_file(tmp_path, "cdr.csv", text)

    assert [(one.severity, one.row, one.line) for one in problems(result)] == [
        ("refused", 1, 2), ("refused", 4, 5),
    ]  # fmt: skip
    assert sorted(contacts_of(result.case)) == [
        ("0912345678", "0987654321", "called", 1.0, "2019-05-14", "2019-05-14"),
        ("0912345678", "0987654321", "messaged", 1.0, "2019-05-12", "2019-05-12"),
    ]


def test_the_record_of_a_tie_is_its_first_row(tmp_path):
    """With the number of calls and their length, so that they can be found in the file."""
    case = read_file(tmp_path, "cdr.csv", CALLS).case
    ties = case.tie_records.merge(case.records, left_on="record", right_index=True)
    told = dict(zip(ties["note"], ties["line"], strict=True))

    assert told["2 in the list of calls, 130 seconds in all; the row is the first of them"] == 2
    assert told["1 in the list of calls"] == 4
    assert told["1 in the list of calls, 30 seconds in all"] == 5


def test_calls_of_two_lists_are_not_added_up_and_that_is_told(tmp_path):
    """Whether read together or one behind the other: twice in May and once in June counts two."""
    may, june = tmp_path / "may.csv", tmp_path / "june.csv"
    may.write_text("caller,called,start\n0900,0901,2019-05-01\n0900,0901,2019-05-02\n")
    june.write_text("caller,called,start\n0900,0901,2019-06-01\n")
    first = read([may])
    results = [read([may, june]), read([june], beside=first.case)]

    assert problems(first) == []
    assert [only_problem(one).severity for one in results] == ["warning", "warning"]
    assert only_problem(results[0]).reason.endswith(
        "has it most often, though this list has no day in common with another"
    )
    assert only_problem(results[1]).reason.endswith("in the list that has it most often")
    assert contacts_of(results[0].case) == [
        ("0900", "0901", "called", 2.0, "2019-05-01", "2019-06-01")
    ]  # fmt: skip


def test_cells_are_places_where_a_telephone_was(tmp_path):
    """C1 once and C2 twice; the row without a cell says nothing of one."""
    case = read_file(tmp_path, "cdr.csv", CALLS).case
    names = case.parties["name"].tolist()
    seen = case.ties[case.ties["kind"] == "seen_at"]

    assert [(names[t.source], names[t.target], t.weight) for t in seen.itertuples()] == [
        ("0912345678", "C1", 1.0), ("0912345678", "C2", 2.0)
    ]  # fmt: skip


def test_a_telephone_is_the_same_in_a_list_of_calls_and_in_a_sheet(tmp_path):
    """By its digits; the sheet says whose it is."""
    (tmp_path / "sheet").mkdir()
    sheet = read_file(
        tmp_path / "sheet", "s.csv", "case_id,person,phone\nC1,Lò Thị Đào,0912-345-678\n"
    ).case
    calls = read_file(tmp_path, "cdr.csv", CALLS).case
    phones = [
        {row.id for row in case.parties.itertuples() if row.type == "identifier"}
        for case in (sheet, calls)
    ]

    assert phones[0] <= phones[1]


@pytest.mark.parametrize(
    ("row", "severity", "column", "reason"),
    [
        (",0987,13/05/2019,1", "refused", "Caller", "empty 'caller'"),
        ("0912,,13/05/2019,1", "refused", "Called", "empty 'called'"),
        ("0912,0987,31/02/2019,1", "warning", "Start", "no such date"),
        ("0912,0987,2019,1", "warning", "Start", "not a day"),
        ("0912,0987,13/05/2019 25:61,1", "warning", "Start", "no such time of day"),
        ("0912,0987,13/05/2019 or later,1", "warning", "Start", "not a date that ringmap knows"),
        ("0912,0987,2019-05-13 to 2019-05-14,1", "warning", "Start", "not a day"),
        ("0912,0987,13/05/2019,long", "warning", "Duration", "not a number"),
        ("0912,0987,13/05/2019,00:00:75", "warning", "Duration", "not a number"),
        ("0912,0987,13/05/2019,-5", "warning", "Duration", "no length of a call"),
    ],
)
def test_what_cannot_be_read_is_told(row, severity, column, reason, tmp_path):
    """A call without both numbers is refused; without a day or length it still counts."""
    result = read_file(
        tmp_path, "cdr.csv", f"Caller,Called,Start,Duration\n1,2,13/05/2019,3\n{row}\n"
    )
    problem = only_problem(result)

    assert (problem.severity, problem.row, problem.line, problem.column, problem.reason) == (
        severity, 2, 3, column, reason
    )  # fmt: skip


def streamed(text, block=64):
    """Contacts of a text read in small pieces, and its table."""
    raw = RawTable("cdr.csv", "", "")
    before, module = (
        reading_module.stream_calls.__globals__["BLOCK_BYTES"],
        stream_calls.__globals__,
    )
    module["BLOCK_BYTES"] = block
    try:
        return stream_calls(io.BytesIO(text.encode()), raw, ","), raw
    finally:
        module["BLOCK_BYTES"] = before


def test_a_stream_gives_what_the_whole_file_gives(tmp_path, monkeypatch):
    """Block by block or in one: the same case to the last record."""
    rows = "".join(
        f"09{number % 7},08{number % 5},{1 + number % 28}/05/2019 10:00,{number},C{number % 3}\n"
        for number in range(500)
    )
    (tmp_path / "cdr.csv").write_text(f"Caller,Called,Start,Duration,Cell\n{rows}")
    whole = read(tmp_path / "cdr.csv").case
    monkeypatch.setattr(reading_module, "_STREAMED_ABOVE", 0)
    monkeypatch.setitem(stream_calls.__globals__, "BLOCK_BYTES", 1000)
    stream = read(tmp_path / "cdr.csv")

    assert stream.receipt.rows_read == stream.receipt.rows_used == 500
    assert canonical(stream.case) == canonical(whole)


def test_a_stream_counts_rows_and_lines_past_blank_and_short_ones():
    """Blank lines are no rows; a row with a cell too few is refused where it stands."""
    text = "Caller,Called,Start\n1,2,13/05/2019\n\n\n3\n\n1,2,14/05/2019\n,2,14/05/2019\n1,2,x\n"
    contacts, raw = streamed(text)
    found = [
        (one.severity, one.column, one.rows.tolist(), one.lines.tolist()) for one in raw.findings
    ]

    assert contacts.ties[["times", "first", "last"]].to_numpy().tolist() == [
        [3, "2019-05-13", "2019-05-14"]
    ]
    assert sorted(found, key=lambda one: one[2]) == [
        ("refused", None, [2], [5]), ("refused", "Caller", [4], [8]), ("warning", "Start", [5], [9])
    ]  # fmt: skip


@pytest.mark.parametrize(("row", "line"), [('1,"2,13/05/2019', 3), ('"1\n",2,13/05/2019', 3)])
def test_a_cell_over_several_lines_gives_a_stream_up(row, line):
    """Rows could not be told apart, so none is counted."""
    contacts, raw = streamed(f"Caller,Called,Start\n1,2,13/05/2019\n{row}\n1,2,13/05/2019\n", 1000)

    assert contacts is None
    assert [(one.severity, one.line) for one in raw.findings] == [("fatal", line)]


NUMBERS = st.sampled_from(["1", "2", "3", ""])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(1, 28)), min_size=1, max_size=60),
       st.integers(20, 200))  # fmt: skip
def test_no_call_is_lost(calls, block):
    """Counts per pair agree with a plain count, whatever the size of the pieces."""
    text = "caller,called,start\n" + "".join(f"{a},{b},{day}/05/2019\n" for a, b, day in calls)
    contacts, raw = streamed(text, block)
    wanted = Counter((a, b) for a, b, _ in calls if a and b)

    assert len(raw.row) == len(calls)
    assert int(np.sum(raw.refused)) == len(calls) - sum(wanted.values())
    assert {(row.source, row.target): row.times for row in contacts.ties.itertuples()} == dict(
        wanted
    )


def test_headings_that_name_no_call_are_an_edge_list(tmp_path):
    """Two ends alone could be anything."""
    result = read_file(tmp_path, "e.csv", "source,target,weight\nA,B,2\n")

    assert said_of(result.case, "A", "kind") == []
    assert result.case.parties["type"].tolist() == ["person", "person"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("unknown", "the number is not known"),
        ("Số ẩn", "the number is not known"),
        ("Private number", "the number is not known"),
        ("NULL", "the number is not known"),
        ("N/A", "the number is not known"),
        ("-1", "the number is not known"),
        ("0000000000", "the number is not known"),
        ("#", "the number is not known"),
        ("8.49123E+10", "a number rounded by a spreadsheet program; its last digits are lost"),
    ],
)
@pytest.mark.parametrize("column", ["Caller", "Called"])
@pytest.mark.parametrize("streamed_above", [0, 10**9])
def test_a_number_that_is_none_is_nobodys_telephone(
    streamed_above, column, cell, reason, tmp_path, monkeypatch
):
    """All callers who withhold their number would have been one, in touch with everybody."""
    ends = {"Caller": "0912", "Called": "0987"} | {column: cell}
    text = (
        f"Caller,Called,Start\n{ends['Caller']},{ends['Called']},13/05/2019\n0912,0987,13/05/2019\n"
    )
    monkeypatch.setattr(reading_module, "_STREAMED_ABOVE", streamed_above)
    result = read_file(tmp_path, "cdr.csv", text)
    problem = only_problem(result)

    assert (problem.severity, problem.row, problem.line) == ("refused", 1, 2)
    assert (problem.column, problem.value, problem.reason) == (column, cell, reason)
    assert [tie[3] for tie in contacts_of(result.case)] == [1.0]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("SMS-MO", "messaged"), ("Tin nhắn SMS", "messaged"), ("nhắn tin", "messaged"),
     ("Cuộc gọi nhận", "called"), ("MOC", "called"), ("", "called")],
)  # fmt: skip
def test_words_for_calls_and_messages(word, kind, tmp_path):
    """SMS-MO counted as a call."""
    text = f"Caller,Called,Start,Type\n0912,0987,13/05/2019,{word}\n"
    result = read_file(tmp_path, "cdr.csv", text)

    assert problems(result) == []
    assert [tie[2] for tie in contacts_of(result.case)] == [kind]


def test_another_word_counts_as_a_call_and_is_told(tmp_path):
    """A session of data is none."""
    text = "Caller,Called,Start,Type\n0912,0987,13/05/2019,GPRS\n0912,0987,13/05/2019,voice\n"
    result = read_file(tmp_path, "cdr.csv", text)
    problem = only_problem(result)

    assert (problem.severity, problem.row, problem.column) == ("warning", 1, "Type")
    assert (problem.value, problem.reason) == ("GPRS", "unknown kind of call")
    assert [tie[3] for tie in contacts_of(result.case)] == [2.0]


def test_columns_that_are_not_kept_are_named(tmp_path):
    """The number of a handset was lost without a word."""
    text = "Caller,Called,Start,IMEI,Operator\n0912,0987,13/05/2019,3511,V\n"
    problem = only_problem(read_file(tmp_path, "cdr.csv", text))

    assert (problem.severity, problem.row, problem.reason) == (
        "warning", None, "columns that are not kept, since calls are summed up: IMEI, Operator",
    )  # fmt: skip


def test_a_number_far_from_the_others_is_no_second_since_1970():
    """A block later in the file: 1,557,756,000 s are 18,029 days, ten noughts no day at all."""
    starts = Calendar(None)
    first, _ = starts.days(["1557756000"])
    later, problems = starts.days(["0000000000", "1557756000"])

    assert first.tolist() == [datetime.date(1970, 1, 1).toordinal() + 18_029]
    assert np.isnan(later).tolist() == [True, False]
    assert problems[0] is not None
    assert problems[1] is None
