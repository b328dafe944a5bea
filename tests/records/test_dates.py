"""Dates as records of the region write them: a table by hand, and what always holds."""

from __future__ import annotations

import datetime
import random
import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.model import precision
from ringmap.records import dates
from ringmap.records.dates import (
    AGAINST_COLUMN,
    BACKWARDS,
    BARE_NUMBER,
    BUDDHIST,
    EITHER_ORDER,
    LUNAR,
    MONTH_FIRST,
    NO_SUCH_DATE,
    NO_SUCH_TIME,
    NOT_A_DATE,
    are_plain,
    find_order,
    hint_for,
    read_date,
    shows_month_first,
)
from rings import problems, read_file, read_folder, said_of

ISO = [
        ("2019", "2019"), ("2019-05", "2019-05"), ("2019-05-03", "2019-05-03"),
        ("2019-5-3", "2019-05-03"), ("2019-05-03T14:30", "2019-05-03"),
        ("2019-05-03 14:30:59", "2019-05-03"), ("2019-05-03T23:30:00Z", "2019-05-03"),
        ("2019-05-03T23:30:00.123+07:00", "2019-05-03"), ("2019-05-03Z", "2019-05-03"),
        ("2019-05-03+07:00", "2019-05-03"), ("2019-05-03 10:30 PM", "2019-05-03"),
        ("20190503", "2019-05-03"), ("20190503T101500", "2019-05-03"),
]  # fmt: skip

NUMBERS = [
        ("03/05/2019", "2019-05-03"), ("3/5/2019", "2019-05-03"), ("3-5-2019", "2019-05-03"),
        ("3.5.2019", "2019-05-03"), ("3. 5. 2019", "2019-05-03"), ("3 5 2019", "2019-05-03"),
        ("3 / 5 / 2019", "2019-05-03"), ("3 - 5 - 2019", "2019-05-03"),
        ("03–05–2019", "2019-05-03"), ("０３／０５／２０１９", "2019-05-03"),
        ("31/12/2019", "2019-12-31"),
        ("29/02/2020", "2020-02-29"), ("2019/05/03", "2019-05-03"), ("2019.5.3", "2019-05-03"),
        ("2019 05 03", "2019-05-03"), ("2019/5", "2019-05"), ("2019.05", "2019-05"),
        ("5/2019", "2019-05"), ("05-2019", "2019-05"), ("05.2019", "2019-05"),
        ("14:30 03/05/2019", "2019-05-03"),
        ("03/05/2019 14:30", "2019-05-03"), ("03/05/2019 2:30 pm", "2019-05-03"),
        ("14h30 ngày 03/05/2019", "2019-05-03"), ("10h 3/5/2019", "2019-05-03"),
        ("lúc 14 giờ 30 phút ngày 3/5/2019", "2019-05-03"),
        ("lúc 14 giờ 30 ngày 3/5/2019", "2019-05-03"),
]  # fmt: skip

NAMES = [
        ("3 May 2019", "2019-05-03"), ("3rd of May, 2019", "2019-05-03"),
        ("May 3, 2019", "2019-05-03"), ("MAY 3RD 2019", "2019-05-03"),
        ("the 1st of June 2019", "2019-06-01"), ("3-May-2019", "2019-05-03"),
        ("2019 May 3", "2019-05-03"), ("2019-May-03", "2019-05-03"), ("Sept. 2019", "2019-09"),
        ("December 2019", "2019-12"), ("Fri, 3 May 2019", "2019-05-03"),
        ("Friday 3 May 2019", "2019-05-03"), ("Thu 3 Oct 2019", "2019-10-03"),
        ("on 3 May 2019 at 2:30 pm", "2019-05-03"),
]  # fmt: skip

VIETNAMESE = [
        ("3 tháng 5 năm 2019", "2019-05-03"), ("ngày 03 tháng 5 năm 2019", "2019-05-03"),
        ("Ngày 03 tháng 05 năm 2019", "2019-05-03"), ("ngay 3 thang 5 nam 2019", "2019-05-03"),
        ("ngày 3 tháng 5, 2019", "2019-05-03"), ("ngày 3/5 năm 2019", "2019-05-03"),
        ("ngày 3/5/2019", "2019-05-03"), ("mùng 3 tháng 5 năm 2019", "2019-05-03"),
        ("tháng 5/2019", "2019-05"), ("tháng 5-2019", "2019-05"), ("tháng 5 năm 2019", "2019-05"),
        ("tháng năm 2019", "2019-05"), ("tháng năm năm 2019", "2019-05"),
        ("thang nam nam 2019", "2019-05"), ("tháng tư năm 2019", "2019-04"),
        ("tháng bốn 2019", "2019-04"), ("tháng sáu năm 2019", "2019-06"),
        ("tháng tám 2019", "2019-08"), ("tháng mười năm 2019", "2019-10"),
        ("tháng mười một năm 2019", "2019-11"), ("tháng mười hai/2019", "2019-12"),
        ("năm 2019", "2019"), ("Nam 2019", "2019"), ("T5/2019", "2019-05"),
        ("t5-2019", "2019-05"),
        ("T.5/2019", "2019-05"), ("thg 5 2019", "2019-05"),
        ("Thứ sáu, ngày 3 tháng 5 năm 2019", "2019-05-03"), ("Thứ 6, 03/05/2019", "2019-05-03"),
        ("Chủ nhật ngày 5/5/2019", "2019-05-05"), ("3/5/2019 (DL)", "2019-05-03"),
        ("3/5/2019 dương lịch", "2019-05-03"),
]  # fmt: skip

PARTS = [
        ("quý II năm 2019", "2019-04/2019-06"), ("quý 4/2019", "2019-10/2019-12"),
        ("Quy I 2019", "2019-01/2019-03"), ("Q2 2019", "2019-04/2019-06"),
        ("2019Q3", "2019-07/2019-09"), ("2nd quarter of 2019", "2019-04/2019-06"),
        ("2019年第二季度", "2019-04/2019-06"), ("6 tháng đầu năm 2019", "2019-01/2019-06"),
        ("sáu tháng cuối năm 2019", "2019-07/2019-12"), ("H1 2019", "2019-01/2019-06"),
        ("first half of 2019", "2019-01/2019-06"), ("上半年2019", "2019-01/2019-06"),
        ("đầu năm 2019", "2019-01/2019-04~"), ("giữa năm 2019", "2019-05~/2019-08~"),
        ("cuối năm 2019", "2019-09~/2019-12"), ("đầu tháng 5/2019", "2019-05-01/2019-05-10~"),
        ("giữa tháng 5 năm 2019", "2019-05-11~/2019-05-20~"),
        ("cuối tháng 2 năm 2020", "2020-02-21~/2020-02-29"), ("early 2019", "2019-01/2019-04~"),
        ("mid-2019", "2019-05~/2019-08~"), ("end of May 2019", "2019-05-21~/2019-05-31"),
        ("the beginning of 2019", "2019-01/2019-04~"), ("2019年初", "2019-01/2019-04~"),
        ("2019年底", "2019-09~/2019-12"), ("2019年5月上旬", "2019-05-01/2019-05-10~"),
        ("mediados de 2019", "2019-05~/2019-08~"), ("ต้นปี 2019", "2019-01/2019-04~"),
        ("những năm 1990", "1990/1999"), ("1990s", "1990/1999"),
]  # fmt: skip

ABOUT = [
        ("khoảng tháng 5 năm 2019", "2019-05~"), ("khoảng năm 2019", "2019~"),
        ("about 2019", "2019~"), ("c. 2019", "2019~"), ("ca. 2019", "2019~"),
        ("circa May 2019", "2019-05~"), ("around 3 May 2019", "2019-05-03~"),
        ("approx. 05/2019", "2019-05~"), ("approximately 2019", "2019~"), ("~2019", "2019~"),
        ("2019~", "2019~"), ("2019-05?", "2019-05~"), ("2019-05~", "2019-05~"),
        ("2019年左右", "2019~"), ("约2019年", "2019~"), ("vào khoảng tháng 5/2019", "2019-05~"),
        ("khoảng giữa năm 2019", "2019-05~/2019-08~"),
        ("khoảng quý II năm 2019", "2019-04~/2019-06~"), ("ประมาณปี 2019", "2019~"),
]  # fmt: skip

RANGES = [
        ("2019-03/2019-05", "2019-03/2019-05"), ("2019-03/..", "2019-03/.."),
        ("../2019-03", "../2019-03"), ("2018~/2019", "2018~/2019"),
        ("2019-03..2019-05", "2019-03/2019-05"), ("từ 03/2019 đến 05/2019", "2019-03/2019-05"),
        ("tu 03/2019 den 05/2019", "2019-03/2019-05"), ("03/2019 - 05/2019", "2019-03/2019-05"),
        ("03/2019-05/2019", "2019-03/2019-05"), ("03/2019–05/2019", "2019-03/2019-05"),
        ("03/2019 — 05/2019", "2019-03/2019-05"), ("2018-2019", "2018/2019"),
        ("2018/2019", "2018/2019"), ("2018 to 2019", "2018/2019"),
        ("2019-03 – 2019-05", "2019-03/2019-05"), ("2019-03-01 - 2019-05", "2019-03-01/2019-05"),
        ("2019-03-01~2019-03-09", "2019-03-01/2019-03-09"),
        ("03/05/2019-07/06/2019", "2019-05-03/2019-06-07"),
        ("3-5-2019-7-6-2019", "2019-05-03/2019-06-07"), ("3–5 May 2019", "2019-05-03/2019-05-05"),
        ("3-5/5/2019", "2019-05-03/2019-05-05"), ("3/5-7/6/2019", "2019-05-03/2019-06-07"),
        ("Mar-May 2019", "2019-03/2019-05"), ("tháng 3-5/2019", "2019-03/2019-05"),
    ("tháng 3 - 5 năm 2019", "2019-03/2019-05"),
        ("tháng 3 - tháng 5/2019", "2019-03/2019-05"), ("T3-T5/2019", "2019-03/2019-05"),
        ("từ tháng 3 đến tháng 5 năm 2019", "2019-03/2019-05"),
        ("từ 3 đến 5/2019", "2019-03/2019-05"),
        ("từ ngày 3/5 đến ngày 7/6/2019", "2019-05-03/2019-06-07"),
        ("từ ngày 3 tháng 5 đến ngày 7 tháng 6 năm 2019", "2019-05-03/2019-06-07"),
        ("from 3 May to 5 June 2019", "2019-05-03/2019-06-05"),
        ("from May 3 to June 5, 2019", "2019-05-03/2019-06-05"),
        ("between 2018 and 2019", "2018/2019"),
        ("giữa tháng 5 và tháng 6 năm 2019", "2019-05/2019-06"),
        ("between about 2018 and 2019", "2018~/2019"), ("about 2018 to 2019", "2018~/2019"),
        ("about 2018-2019", "2018~/2019"),
        ("từ khoảng tháng 3/2019 đến tháng 5/2019", "2019-03~/2019-05"),
        ("khoảng từ 03/2019 đến 05/2019", "2019-03~/2019-05~"),
        ("2019年5月至6月", "2019-05/2019-06"),
        ("2018年12月到2019年2月", "2018-12/2019-02"),
        ("từ đầu năm 2019 đến cuối năm 2020", "2019-01/2020-12"), ("2019/2019", "2019"),
        ("từ 2018 đến nay", "2018/.."), ("2018 - nay", "2018/.."), ("2018 - present", "2018/.."),
        ("from 2018 to present", "2018/.."),
        ("2019-05-03 10:00 - 2019-05-05 11:00", "2019-05-03/2019-05-05"),
        ("del 3 al 5 de mayo de 2019", "2019-05-03/2019-05-05"),
        ("de marzo a mayo de 2019", "2019-03/2019-05"),
        ("du 3 au 5 mai 2019", "2019-05-03/2019-05-05"),
]  # fmt: skip

OPEN = [
        ("trước năm 2019", "../2018"), ("before May 2019", "../2019-04"),
        ("before 1 March 2019", "../2019-02-28"), ("trước tháng 1/2019", "../2018-12"),
        ("sau năm 2019", "2020/.."), ("after December 2019", "2020-01/.."),
        ("sau ngày 28/02/2019", "2019-03-01/.."), ("since 2018", "2018/.."),
        ("từ năm 2018", "2018/.."), ("từ tháng 3/2019 trở đi", "2019-03/.."),
        ("until May 2019", "../2019-05"), ("đến năm 2019", "../2019"),
        ("before about 2019", "../2018~"),
]  # fmt: skip

OTHERS = [
        ("2019年5月3日", "2019-05-03"), ("2019年5月", "2019-05"), ("2019年", "2019"),
        ("2019 年 5 月 3 日", "2019-05-03"), ("3 de mayo de 2019", "2019-05-03"),
        ("mayo del 2019", "2019-05"), ("15 de setiembre de 2019", "2019-09-15"),
        ("1er mai 2019", "2019-05-01"), ("3 août 2019", "2019-08-03"),
        ("février 2019", "2019-02"),
        ("3 พฤษภาคม พ.ศ. 2562", "2019-05-03"), ("๓ พฤษภาคม พ.ศ. ๒๕๖๒", "2019-05-03"),
        ("2562 B.E.", "2019"), ("พ.ศ. 2562", "2019"), ("ค.ศ. 2019", "2019"),
        ("3 พ.ค. ค.ศ. 2019", "2019-05-03"), ("เดือนพฤษภาคม พ.ศ. 2562", "2019-05"),
        ("໐໓/໐໕/໒໐໑໙", "2019-05-03"), ("០៣/០៥/២០១៩", "2019-05-03"),
        ("3 ພຶດສະພາ 2019", "2019-05-03"), ("ថ្ងៃទី៣ ខែឧសភា ឆ្នាំ២០១៩", "2019-05-03"),
        ("ວັນທີ 3 ເດືອນ 5 ປີ 2019", "2019-05-03"),
]  # fmt: skip

DOUBTFUL = [
    ("3 พ.ค. 62", "2019-05-03", "a year of two digits, read as 2019"),
    ("๓ พฤษภาคม ๖๒", "2019-05-03", "a year of two digits, read as 2019"),
    ("ก่อนปี 2562", "../2018", BUDDHIST), ("ต้นเดือนพฤษภาคม 2562", "2019-05-01/2019-05-10~", BUDDHIST),
        ("03/05/2562", "2019-05-03", BUDDHIST), ("2562", "2019", BUDDHIST),
        ("25620503", "2019-05-03", BUDDHIST), ("2562-05-03", "2019-05-03", BUDDHIST),
        ("3 พฤษภาคม 2562", "2019-05-03", BUDDHIST), ("13 เม.ย. 2562", "2019-04-13", BUDDHIST),
        ("๑๓ เมษายน ๒๕๖๒", "2019-04-13", BUDDHIST),
        ("วันที่ 3 พฤษภาคม ปี 2562", "2019-05-03", BUDDHIST),
        ("2561-2562", "2018/2019", BUDDHIST),
        ("03/05/19", "2019-05-03", "a year of two digits, read as 2019"),
        ("3.5.85", "1985-05-03", "a year of two digits, read as 1985"),
        ("3/5/49", "2049-05-03", "a year of two digits, read as 2049"),
        ("3/5/50", "1950-05-03", "a year of two digits, read as 1950"),
        ("3 May 19", "2019-05-03", "a year of two digits, read as 2019"),
        ("3 May '85", "1985-05-03", "a year of two digits, read as 1985"),
        ("85/05/03", "1985-05-03", "a year of two digits, read as 1985"),
        ("05/13/2019", "2019-05-13", MONTH_FIRST), ("12-31-2019", "2019-12-31", MONTH_FIRST),
        ("05/13/19", "2019-05-13", f"a year of two digits, read as 2019; {MONTH_FIRST}"),
]  # fmt: skip

REFUSED = [
    ("05 2019", NOT_A_DATE), ("ngày 5 năm 2019", NOT_A_DATE), ("5 năm 2019", NOT_A_DATE),
    ("3/5/2019, 4/5/2019", NOT_A_DATE), ("2019 2020", NOT_A_DATE), ("T7 3/5/2019", NOT_A_DATE),
    ("2019-05-03/05", NOT_A_DATE), ("2019-05-03-05", NOT_A_DATE), ("พ.ค. 62", NOT_A_DATE),
    ("3 tháng", NOT_A_DATE), ("sinh năm 1985", NOT_A_DATE), ("10h 3/5", NOT_A_DATE),
        ("31/02/2019", NO_SUCH_DATE), ("29/02/2019", NO_SUCH_DATE), ("31/04/2019", NO_SUCH_DATE),
        ("32/01/2019", NO_SUCH_DATE), ("2019-13", NO_SUCH_DATE), ("2019-02-30", NO_SUCH_DATE),
        ("13/13/2019", NO_SUCH_DATE), ("00/05/2019", NO_SUCH_DATE),
        ("31 February 2019", NO_SUCH_DATE), ("30 tháng 2 năm 2019", NO_SUCH_DATE),
        ("1799", NO_SUCH_DATE), ("2200", NO_SUCH_DATE), ("3/5/0019", NO_SUCH_DATE),
        ("2700", NO_SUCH_DATE), ("2019年13月", NO_SUCH_DATE), ("20190231", NO_SUCH_DATE),
        ("từ 31/02/2019 đến 05/2019", NO_SUCH_DATE), ("2019/2018", BACKWARDS),
        ("từ 05/2019 đến 03/2019", BACKWARDS), ("2019-05-03/2019-05-02", BACKWARDS),
        ("3/5/2019 âm lịch", LUNAR), ("mùng 3 tháng giêng năm 2019", LUNAR),
        ("rằm tháng chạp 2019", LUNAR), ("03/05/2019 AL", LUNAR), ("3/5/2019 (ÂL)", LUNAR),
        ("农历2019年5月3日", LUNAR), ("43588", BARE_NUMBER), ("43588.5", BARE_NUMBER),
        ("201905", BARE_NUMBER), ("7", BARE_NUMBER), ("1" * 100, BARE_NUMBER), ("", NOT_A_DATE),
        ("soon", NOT_A_DATE), ("14:30", NOT_A_DATE), ("14h30", NOT_A_DATE), ("May", NOT_A_DATE),
        ("3 May", NOT_A_DATE), ("tháng 5", NOT_A_DATE), ("ngày 3 tháng 5", NOT_A_DATE),
        ("3/5", NOT_A_DATE), ("3-5/2019", NOT_A_DATE), ("2019-20/5", NO_SUCH_DATE),
        ("..", NOT_A_DATE), ("../..", NOT_A_DATE), ("/", NOT_A_DATE), ("~", NOT_A_DATE),
        ("spring 2019", NOT_A_DATE), ("1" * 10_000, NOT_A_DATE), ("٣" * 500, NOT_A_DATE),
        ("2019²", NOT_A_DATE), ("3/5-2019", NOT_A_DATE), ("25, 27/5/2019", NOT_A_DATE),
        ("2019 or 2020", NOT_A_DATE), ("May-19", NOT_A_DATE), ("1/2/3/4", NOT_A_DATE),
        ("03/05/2019-07", NOT_A_DATE),
]  # fmt: skip

_READ = [*ISO, *NUMBERS, *NAMES, *VIETNAMESE, *PARTS, *ABOUT, *RANGES, *OPEN, *OTHERS]


@pytest.mark.parametrize(("written", "date"), _READ)
def test_a_date_is_read_as_it_was_meant(written, date):
    """By hand, from how records of the region write dates."""
    assert read_date(written) == (date, None)


@pytest.mark.parametrize(("written", "date", "doubt"), DOUBTFUL)
def test_a_reading_that_takes_something_for_granted_says_so(written, date, doubt):
    """The era, the century, or the order of day and month."""
    assert read_date(written) == (date, doubt)


@pytest.mark.parametrize(("written", "problem"), REFUSED)
def test_what_is_no_date_is_refused_with_the_reason(written, problem):
    """Nothing is guessed, and each problem has words for what to do."""
    assert read_date(written) == (None, problem)
    assert hint_for(problem).startswith("the rest of the row is used; ")


@pytest.mark.parametrize(
    "written",
    ["2019-05-03 25:61", "2019-05-03T23:60", "2019-05-03 24:01", "2019-05-03T10:00:61",
     "2019-05-03T10:00+25:00", "20190503T256100", "03/05/2019 25:00", "25:30 03/05/2019",
     "03/05/2019 10:75 pm", "30h ngày 3/5/2019", "3/5/2019 8h75", "3 May 2019 24:00:01",
     "lúc 25 giờ ngày 3/5/2019", "lúc 8 giờ 75 phút ngày 3/5/2019", "2019年5月3日 25:61"],
)  # fmt: skip
def test_a_day_with_a_time_that_no_day_has_is_told(written):
    """The day is used; it was read without a word."""
    assert read_date(written) == ("2019-05-03", NO_SUCH_TIME)
    assert hint_for(NO_SUCH_TIME).startswith("the day is used")


@pytest.mark.parametrize(
    "written",
    ["2019-05-03 00:00", "2019-05-03T24:00:00", "2019-05-03T23:59:60", "2019-05-03 8:05",
     "2019-05-03 18:00-20:30", "20190503T2359", "03/05/2019 24h", "lúc 8 giờ 3/5/2019",
     "8 giờ 85/05/03"],
)  # fmt: skip
def test_a_time_that_a_day_has_is_not_told(written):
    """Midnight at its end, a leap second, a span of hours, and a date behind the hour."""
    date, problem = read_date(written)

    assert date in ("2019-05-03", "1985-05-03")
    assert NO_SUCH_TIME not in str(problem)


@pytest.mark.parametrize("written", [written for written, _ in _READ])
def test_what_was_read_is_read_the_same_again(written):
    """The notation in which dates are stored is itself a form that is read."""
    date = read_date(written).date

    assert read_date(date) == (date, None)
    assert precision(date) is not None


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("ngay 03 thang 05 nam 2019", "ngày 03 tháng 05 năm 2019"),
        ("khoang thang 5 nam 2019", "khoảng tháng 5 năm 2019"),
        ("tu thang 3 den thang 5 nam 2019", "từ tháng 3 đến tháng 5 năm 2019"),
        ("quy II nam 2019", "quý II năm 2019"), ("cuoi nam 2019", "cuối năm 2019"),
        ("truoc nam 2019", "trước năm 2019"),
        ("thang muoi hai nam 2019", "tháng mười hai năm 2019"),
        ("3/5/2019 am lich", "3/5/2019 âm lịch"), ("NGÀY 3 THÁNG 5 NĂM 2019", "3/5/2019"),
    ],
)  # fmt: skip
def test_marks_and_capitals_make_no_difference(written, bare):
    """Old registers were typed without marks."""
    assert read_date(written) == read_date(bare)


def test_letters_and_their_marks_may_come_apart():
    """Files from a Mac hold a letter and its marks as separate signs (NFD)."""
    assert read_date("nga\u0300y 3 tha\u0301ng 5 na\u0306m 2019") == ("2019-05-03", None)


@pytest.mark.parametrize(
    ("buddhist", "common"),
    [("13 เมษายน 2562", "2019-04-13"), ("13/04/2563", "2020-04-13"),
     ("๕ ธันวาคม ๒๔๗๐", "1927-12-05"),
     ("24 มิถุนายน 2475", "1932-06-24"), ("29 กุมภาพันธ์ 2559", "2016-02-29")],
)  # fmt: skip
def test_known_days_of_the_buddhist_era(buddhist, common):
    """Songkran of 2562 and 2563; the birth of King Rama IX; the Siamese revolution; a leap day."""
    assert read_date(buddhist) == (common, BUDDHIST)


@pytest.mark.parametrize(
    ("chinese", "common"),
    [("1949年10月1日", "1949-10-01"), ("2008年8月8日", "2008-08-08"),
     ("1997年7月1日", "1997-07-01")],
)  # fmt: skip
def test_known_days_in_chinese(chinese, common):
    """The founding of the People's Republic, the games of Beijing, the return of Hong Kong."""
    assert read_date(chinese) == (common, None)


_DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(2199, 12, 31))
_EASTERN_DIGITS = [str.maketrans("0123456789", digits) for digits in (
    "๐๑๒๓๔๕๖๗๘๙", "໐໑໒໓໔໕໖໗໘໙", "០១២៣៤៥៦៧៨៩", "０１２３４５６７８９")]  # fmt: skip
_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_THAI = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
_SPANISH = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_WAYS = (
    "{y}-{m:02}-{d:02}", "{y}{m:02}{d:02}", "{y}/{m}/{d}", "{y}.{m:02}.{d:02}",
    "ngày {d} tháng {m} năm {y}", "{d:02} thang {m:02} nam {y}", "{d} {english} {y}",
    "{english} {d}, {y}", "{d}-{short}-{y}", "{d} de {spanish} de {y}", "{y}年{m}月{d}日",
    "{d} {thai} ค.ศ. {y}",
)  # fmt: skip


@given(_DAYS, st.sampled_from(_WAYS), st.sampled_from(["", *_EASTERN_DIGITS]))
def test_every_day_is_read_back_from_every_form(day, way, digits):
    """In digits of any script."""
    written = way.format(
        y=day.year, m=day.month, d=day.day, english=_ENGLISH[day.month - 1],
        short=_ENGLISH[day.month - 1][:3], spanish=_SPANISH[day.month - 1],
        thai=_THAI[day.month - 1],
    ).translate(digits or {})  # fmt: skip

    assert read_date(written) == (day.isoformat(), None)


_ORDERED = {"day first": "{d}{s}{m}{s}{y}", "month first": "{m}{s}{d}{s}{y}"}


@given(_DAYS, st.sampled_from(sorted(_ORDERED)), st.sampled_from(["/", "-", ".", " ", " / "]))
def test_every_day_is_read_back_in_the_order_of_its_column(day, order, sign):
    """The order decides where a cell alone would be open."""
    written = _ORDERED[order].format(y=day.year, m=day.month, d=day.day, s=sign)

    assert read_date(written, order=order) == (day.isoformat(), None)


@given(
    st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)),
    st.sampled_from([("day first", "%d/%m/%y"), ("month first", "%m/%d/%y"),
                     ("year first", "%y/%m/%d")]),
)  # fmt: skip
def test_two_digits_are_a_year_from_1950_to_2049(day, way):
    """The same on every day; what is taken for granted is said."""
    order, form = way

    assert read_date(day.strftime(form), order=order) == (
        day.isoformat(), f"a year of two digits, read as {day.year}"
    )  # fmt: skip


@given(st.lists(_DAYS, max_size=20), _DAYS.filter(lambda day: day.day > 12), st.randoms(),
       st.sampled_from(sorted(_ORDERED)))  # fmt: skip
def test_a_column_tells_its_order(days, telling, chance, order):
    """One day above the twelfth tells of all."""
    column = [*days, telling]
    chance.shuffle(column)
    form = _ORDERED[order]

    assert find_order(form.format(y=d.year, m=d.month, d=d.day, s="/") for d in column) == order


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/05/2019", "13/05/2019"], "day first"),
        (["03/05/2019", "05/13/2019"], "month first"),
        (["13/05/2019", "05/13/2019"], "unclear"), (["03/05/2019"], None), ([], None),
        (["31/02/2019", "02/30/2019"], None), (["x", "2019", "T5/2019"], None),
        (["2019/05/13", "2019-05-03"], "year first"), (["2019/05/13", "03/05/2019"], None),
        (["85/05/03", "13/05/19"], "year first"), (["13/05/19"], None),
        (["13/05/62"], "day first"), (["13/05/2562"], "day first"),
        (["๐๕/๑๓/๒๕๖๒"], "month first"),
        (["3/5/2019 - 13/5/2019"], "day first"), (["1/" * 5_000], None),
    ],
)  # fmt: skip
def test_evidence_of_the_order_is_found(texts, order):
    """By hand; a day that does not exist is evidence of nothing."""
    assert find_order(texts) == order
    assert find_order(reversed(texts)) == order


@pytest.mark.parametrize(
    ("written", "order", "date", "problem"),
    [
        ("03/05/2019", "month first", "2019-03-05", None),
        ("13/05/2019", "month first", None, AGAINST_COLUMN),
        ("05/13/2019", "day first", None, AGAINST_COLUMN),
        ("31/02/2019", "month first", None, NO_SUCH_DATE),
        ("03/05/2019", "unclear", None, EITHER_ORDER),
        ("13/05/2019", "unclear", "2019-05-13", None),
        ("05/13/2019", "unclear", "2019-05-13", None),
        ("05/05/2019", "unclear", "2019-05-05", None),
        ("03/05/2019", "year first", None, AGAINST_COLUMN),
        ("3/5/2019 - 4/5/2019", "unclear", None, EITHER_ORDER),
        ("3/5/2019 - 4/5/2019", "month first", "2019-03-05/2019-04-05", None),
        ("2019-05-03", "month first", "2019-05-03", None),
        ("3 May 2019", "month first", "2019-05-03", None),
        ("05/2019", "month first", "2019-05", None),
    ],
)  # fmt: skip
def test_the_order_of_a_column_is_kept_to(written, order, date, problem):
    """A cell in another order is refused; one whose order is plain is not touched."""
    assert read_date(written, order=order) == (date, problem)


def test_only_a_cell_that_can_be_nothing_else_shows_month_first():
    """05/13 does, 05/12 and 13/05 do not."""
    assert [shows_month_first(text) for text in ("05/13/2019", "05/12/2019", "13/05/2019")] == [
        True, False, False
    ]  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=130),
        st.text(alphabet="0123456789/.-~? tTđngàyhángnămủừế,–()年月日พศ…:h", max_size=130),
        st.lists(st.sampled_from(["2019", "5", "tháng", "năm", "từ", "đến", "-", "/", "..", "~",
                                  "about", "between", "and", "May", "N05", "Y2019", "พ.ศ.", "quý"]),
                 max_size=12).map(" ".join),
    ),
    st.sampled_from([None, "day first", "month first", "year first", "unclear"]),
)  # fmt: skip
def test_any_text_is_a_date_or_has_a_reason(text, order):
    """Never an error, and never something that is no date."""
    date, problem = read_date(text, order=order)

    assert (date is None) <= (problem is not None)
    assert date is None or precision(date) is not None
    assert problem is None or hint_for(problem)


@pytest.mark.parametrize("sign", ["9", "٣", "a ", "từ ", "1/", "~", "1-", "khoảng ", "3 May ", "é"])
def test_long_text_is_not_looked_at(sign):
    """Nothing of a hundred thousand signs is a date."""
    assert read_date(sign * 100_000) == (None, NOT_A_DATE)


# ---- In files


def test_a_column_of_month_first_is_told_once_with_the_row_that_shows_it(tmp_path):
    """The first cell alone would be 5 March in Viet Nam."""
    rows = ["A,B,05/03/2019", "B,C,05/13/2019", "C,D,12/31/2019"]
    result = read_file(tmp_path, "ties.csv", "source,target,first\n" + "\n".join(rows) + "\n")
    (problem,) = problems(result)

    assert result.case.ties["first"].tolist() == ["2019-05-03", "2019-05-13", "2019-12-31"]
    assert (problem.severity, problem.row, problem.line, problem.column, problem.value) == (
        "warning", 2, 3, "first", "05/13/2019"
    )  # fmt: skip
    assert problem.reason == "the column is read as month/day/year, as row 2 shows"


def test_a_column_that_contradicts_itself_is_read_where_it_is_plain(tmp_path):
    """Rows stay; only the cell that may be two dates is left out."""
    rows = ["A,B,05/03/2019", "B,C,05/13/2019", "C,D,31/12/2019"]
    result = read_file(tmp_path, "ties.csv", "source,target,first\n" + "\n".join(rows) + "\n")

    assert [None if one != one else one for one in result.case.ties["first"]] == [
        None, "2019-05-13", "2019-12-31"
    ]  # fmt: skip
    assert [(one.row, one.reason) for one in problems(result)] == [(1, EITHER_ORDER)]
    assert result.receipt.rows_used == 3


def test_a_lunar_date_is_refused_for_its_field_only(tmp_path):
    """The row still says who the person is."""
    result = read_folder(tmp_path, people="person_id,name,born\nA,Ann,3/5/2001 âm lịch\n")
    (problem,) = problems(result)

    assert (problem.severity, problem.column, problem.reason) == ("warning", "born", LUNAR)
    assert result.receipt.rows_used == 1
    assert said_of(result.case, "A", "born") == []
    assert said_of(result.case, "A", "born_as_written") == ["3/5/2001 âm lịch"]


def test_a_date_in_words_is_kept_beside_its_value(tmp_path):
    """Text, and what it was taken for."""
    result = read_folder(tmp_path, people="person_id,name,born\nA,Ann,khoảng tháng 5 năm 2001\n")

    assert problems(result) == []
    assert said_of(result.case, "A", "born") == ["2001-05~"]
    assert said_of(result.case, "A", "born_as_written") == ["khoảng tháng 5 năm 2001"]


def test_rows_in_another_order_give_the_same_dates(tmp_path):
    """The order of a column is that of all its rows."""
    rows = [f"P{number},{month}/{day}/2001" for number, (month, day) in
            enumerate([(1, 2), (3, 4), (5, 6), (7, 13), (8, 9)])]  # fmt: skip
    told = []
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        text = "person_id,born\n" + "\n".join(rows) + "\n"
        case = read_folder(tmp_path / str(seed), people=text).case
        told.append([said_of(case, f"P{number}", "born") for number in range(5)])

    assert told == [[["2001-01-02"], ["2001-03-04"], ["2001-05-06"], ["2001-07-13"],
                     ["2001-08-09"]]] * 5  # fmt: skip


_PIECES = re.split(
    r"\s+",
    "khoảng tầm about between and giữa và từ đến to from trước sau năm tháng thg ngày mùng "
    "quý Q3 H1 h2 6 đầu cuối nửa late mid early end of de the 5th 2nd '19 1990s thập niên 199 "
    "0s t5 T.3 12 3 31 2019 2562 62 05/2019 3/5/2019 2019-05-03 10:30 lúc 3h giờ sáng Mon, "
    "พ.ศ. ค.ศ. b.e. be A.D. ce pl ปี เดือน ៥ ខែ 月 日 年 上半年 季度 第 一 初 上旬 "
    "ไตรมาส ม.ค. มกราคม "
    "January Jan. ene févr. – - / .. ~ ? nay since until mười hai date first second half "
    "quarter trimestre dl ( )",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=7), st.sampled_from(["", " "]))
def test_words_looked_for_leave_out_no_pattern_that_fits(pieces, between):
    """Patterns are passed over where none of their words stands; that changes nothing."""
    folded = dates._folded(between.join(pieces))
    replaced = folded
    for _, pattern, instead in dates._REPLACED:
        replaced = pattern.sub(instead, replaced)

    assert dates._canonical(folded).strip(" ,;.") == " ".join(replaced.split()).strip(" ,;.")


def test_fifty_thousand_different_cells_that_are_no_date_are_told_one_by_one(tmp_path):
    """Each with its row, its line and its value."""
    rows = "".join(f"P{number},no date {number}\n" for number in range(50_000))
    told = problems(read_file(tmp_path, "people.csv", f"person_id,born\n{rows}"))

    assert len(told) == 50_000
    assert {one.reason for one in told} == {NOT_A_DATE}
    assert [(one.row, one.line, one.value) for one in told[-2:]] == [
        (49_999, 50_000, "no date 49998"), (50_000, 50_001, "no date 49999"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"),
    [("2019", True), ("2019-05", True), ("2019-05-03", True), ("2019-02-28", True),
     ("2019-02-29", False), ("2562", False), ("1799", False), ("2019-13", False),
     ("2019-05-03\n", False), ("2019-5-3", False), ("2019/05", False)],
)  # fmt: skip
def test_a_plain_date_is_read_as_it_stands(text, plain):
    """What is passed over as plain is what the reader would give back, whatever the order."""
    assert are_plain(pa.array([text], type=pa.large_string())).tolist() == [plain]
    if plain:
        assert {read_date(text, order=one) for one in (None, "unclear", "month first")} == {
            (text, None)
        }


def test_an_impossible_time_is_told_with_row_and_column(tmp_path):
    """Of every form of a table; what is written is kept beside the day."""
    text = "person_id,born\nA,1990-05-12 10:15\nB,1990-05-12 25:61\n"
    result = read_file(tmp_path, "people.csv", text)
    (problem,) = problems(result)

    assert (problem.severity, problem.row, problem.line, problem.column, problem.value) == (
        "warning", 2, 3, "born", "1990-05-12 25:61"
    )  # fmt: skip
    assert problem.reason == NO_SUCH_TIME
    assert said_of(result.case, "B", "born") == ["1990-05-12"]
    assert said_of(result.case, "B", "born_as_written") == ["1990-05-12 25:61"]


@pytest.mark.parametrize(
    ("text", "date"),
    [("1985.0", "1985"), ("2019.00", "2019"), ("1985.5", "1985-05"), ("3000.0", None)],
)
def test_a_year_kept_as_a_decimal_number_is_that_year(text, date):
    """As pandas writes a column of years in which one is missing; not 1985 and month 0."""
    assert read_date(text).date == date
