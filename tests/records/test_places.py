"""Where places lie: names that fit several, coordinates, provinces by date, own lists."""

import pytest

from ringmap.errors import SettingsError
from ringmap.records import read
from ringmap.records.place_lists import read_place_list
from rings import only_problem, problems, read_file, read_folder, said_of, value_of

LIST = "country,name,lat,lon\nVN,Suối Mơ,21.5,104.5\n"


def read_places(tmp_path, *rows, columns="place_id,name,kind,province,country"):
    """A folder with a table of places alone."""
    return read_folder(tmp_path, places="\n".join([columns, *rows]) + "\n")


def test_a_name_that_fits_many_places_is_told_and_gets_no_position(tmp_path):
    """Hekou has namesakes all over China; none is chosen, five are named."""
    result = read_places(tmp_path, "L,Hekou,town,,")
    problem = only_problem(result)

    assert problem.reason == (
        "'Hekou' fits 18 places: Hekou (Chongqing, CN); Hekou (Gansu, CN); Hekou "
        "(Guangdong, CN, near 22.0 111.7); Hekou (Guangdong, CN, near 22.9 111.7); Hekou "
        "(Guangdong, CN, near 23.0 112.1) and 13 more"
    )
    assert problem.hint == (
        "it is kept without a position; give its country and province, or lat and lon"
    )
    assert (problem.severity, problem.row, problem.column) == ("warning", 1, "name")
    assert value_of(result.case, "L", "lat") is None


def test_a_province_leaves_one_and_nothing_is_told(tmp_path):
    """Hekou in Yunnan is the border town at 22.5 N, 104.0 E."""
    result = read_places(tmp_path, "L,Hekou,town,Yunnan,CN")

    assert problems(result) == []
    assert value_of(result.case, "L", "lat") == pytest.approx(22.5, abs=0.1)
    assert said_of(result.case, "L", "position_from") == ["gazetteer"]


def test_a_name_that_fits_several_places_of_its_province_is_put_in_its_middle(tmp_path):
    """Three towns of Yunnan are called Jinping."""
    result = read_places(tmp_path, "L,Jinping,town,Yunnan,CN")

    assert only_problem(result).reason.startswith("'Jinping' fits 3 places: Jinping (Yunnan, CN, ")
    assert only_problem(result).hint == (
        "it is put in the middle of its province; give lat and lon"
    )
    assert said_of(result.case, "L", "position_from") == ["province"]


@pytest.mark.parametrize(
    ("name", "country"),
    [("Móng Cái", "VN"), ("Vinh", "VN"), ("Huế", "VN"), ("Hue", "VN"), ("Mộc Châu", "VN"),
     ("Nam Ninh", "CN"), ("Quảng Châu", "CN"), ("Mae Sai", "TH"), ("Poipet", "KH")],
)  # fmt: skip
def test_a_name_of_the_region_is_found_without_a_country(name, country, tmp_path):
    """The towns of the world bear none of these names."""
    result = read_places(tmp_path, f"L,{name},town,,")

    assert problems(result) == []
    assert value_of(result.case, "L", "country") == country


def test_a_name_that_only_a_far_town_bears_is_told(tmp_path):
    """The record may mean a village that no list has."""
    result = read_places(tmp_path, "L,Zhoukou,town,,", "M,Zhoukou,town,Henan,CN")

    assert [(p.row, p.reason, p.hint) for p in problems(result)] == [
        (1, "'Zhoukou' is taken for Zhoukou (Henan, CN), the only known place of that name",
         "a village elsewhere may bear it too; give its country")
    ]  # fmt: skip


def test_vietnamese_marks_keep_a_village_from_becoming_a_foreign_town(tmp_path):
    """Ban Pong is a Thai town; Bản Pống is not."""
    result = read_places(tmp_path, "L,Bản Pống,home_village,,", "M,Ban Pong,town,,TH")

    assert value_of(result.case, "L", "country") is None
    assert value_of(result.case, "M", "lat") == pytest.approx(13.8, abs=0.1)


def test_an_unknown_village_is_no_problem(tmp_path):
    """There are more villages than any list has."""
    assert problems(read_places(tmp_path, "L,Qzxqzx,home_village,,VN")) == []


@pytest.mark.parametrize(
    ("lat", "lon", "country", "reason", "hint"),
    [
        ("104", "22.5", "VN", "latitude and longitude look swapped",
         "this position is not used; if they are, write lat 22.5 and lon 104"),
        ("77.21", "28.61", "IN", "latitude and longitude look swapped",
         "this position is not used; if they are, write lat 28.61 and lon 77.21"),
        ("104", "122.5", "VN", "no such latitude",
         "this position is not used; latitude lies between -90 and 90"),
        ("0", "0", "VN", "latitude and longitude are both 0, which lies in the Gulf of Guinea",
         "this position is not used; leave both empty where they are not known"),
    ],
)  # fmt: skip
def test_a_position_that_cannot_be_meant_is_not_used(lat, lon, country, reason, hint, tmp_path):
    """No figure is changed in silence; the correction is said."""
    result = read_places(tmp_path, f"L,Qzxqzx,{country},{lat},{lon}",
                         columns="place_id,name,country,lat,lon")  # fmt: skip

    assert [(p.reason, p.hint) for p in problems(result)] == [(reason, hint)]
    assert value_of(result.case, "L", "lat") is None


def test_a_point_in_another_country_is_kept_and_told(tmp_path):
    """Kunming is 270 km from Viet Nam."""
    result = read_places(tmp_path, "L,Qzxqzx,VN,25.04,102.72",
                         columns="place_id,name,country,lat,lon")  # fmt: skip

    assert only_problem(result).reason == (
        "this point lies near Kunming (CN), and no known place of VN is within 50 km"
    )
    assert only_problem(result).hint == (
        "it is kept as it is written; check the point and the country"
    )
    assert value_of(result.case, "L", "lat") == 25.04


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [("21.52", "107.97", "VN"), ("21.54", "107.97", "CN"), ("22.5", "103.97", "VN"),
     ("22.51", "103.96", "CN"), ("11.07", "106.17", "KH"), ("8.64", "111.92", "VN"),
     ("16.5", "112.0", "VN"), ("-24.0", "129.0", "AU"), ("1e-9", "0", "GH")],
)  # fmt: skip
def test_border_towns_islands_and_deserts_raise_no_doubt(lat, lon, country, tmp_path):
    """Either side of a bridge may be meant; at sea and in a desert no town is near."""
    result = read_places(tmp_path, f"L,Qzxqzx,{country},{lat},{lon}",
                         columns="place_id,name,country,lat,lon")  # fmt: skip

    assert problems(result) == []


@pytest.mark.parametrize(
    ("date", "province", "told"),
    [
        ("2025-09-03", "Yên Bái",
         ("Yên Bái was a province until 2025-06-30, before the date of this record",
          "kept as it is written; it is part of Lào Cai since then")),
        ("2019", "Hoàng Liên Sơn",
         ("Hoàng Liên Sơn was a province until 1991-09-30, before the date of this record",
          "kept as it is written")),
        ("2019-03-01", "Yên Bái", None),
        ("2025", "Yên Bái", None),
        ("2025-09-03", "Lào Cai", None),
        ("1990", "Hoàng Liên Sơn", None),
        ("2025-09-03", "Vân Nam", None),
        ("2025-09-03", "Nowhere", None),
    ],
)  # fmt: skip
def test_a_province_that_was_none_on_the_date_is_told(date, province, told, tmp_path):
    """63 provinces until 2025-06-30, 34 since; a date as vague as the change tells nothing."""
    result = read_folder(
        tmp_path,
        cases=f"case_id,reported\nC,{date}\n",
        people=f"person_id,name,case_id,home_province\nA,An,C,{province}\n",
    )

    expected = [] if told is None else [("home_province", *told)]
    assert [(p.column, p.reason, p.hint) for p in problems(result)] == expected


def test_a_case_sheet_tells_of_places_and_provinces_too(tmp_path):
    """Its own date is the date of the row."""
    result = read_file(
        tmp_path,
        "sheet.csv",
        "case_id,person,place,province,country,date\n"
        "C1,An,Jinping,Yunnan,CN,2020\nC1,Bo,Yên Bái,Yên Bái,VN,2025-08-01\n",
    )

    assert [(p.row, p.column, p.reason.partition(":")[0]) for p in problems(result)] == [
        (1, "place", "'Jinping' fits 3 places"),
        (2, "province", "Yên Bái was a province until 2025-06-30, before the date of this record"),
    ]


def test_a_list_of_ones_own_replaces_ours(tmp_path):
    """What it lacks is not known; where a position comes from is stated."""
    (tmp_path / "own.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "places.csv").write_text("place_id,name\nL,suoi mo\nM,Móng Cái\n", encoding="utf-8")
    case = read(tmp_path / "places.csv", gazetteer=tmp_path / "own.csv").case

    assert (value_of(case, "L", "lat"), value_of(case, "L", "country")) == (21.5, "VN")
    assert said_of(case, "L", "position_list") == ["own.csv"]
    assert value_of(case, "M", "lat") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,lat,lon\nA,1,2\n", ", line 1: no column 'country'; the columns are"),
        ("country,name,lat,lon,size\nVN,A,1,2,3\n", ", line 1: column 'size' is not known;"),
        ("country,name,lat,lon\nVN,A,91,2\n", ", line 2: lat '91' cannot be read; write a number"),
        ("country,name,lat,lon\nVN,A,1,2\nVN,B,x,2\n", ", line 3: lat 'x' cannot be read;"),
        ("country,name,lat,lon\nQQ,A,1,2\n", ", line 2: country 'QQ' cannot be read; write a two"),
        ("country,name,lat,lon\nVN,,1,2\n", ", line 2: name '' cannot be read; give each place"),
        ("country,name,lat,lon\nVN,A,1\n", ", line 2: more or fewer cells than headings;"),
        ("country,name,lat,lon\n", ": a list without places; put at least one row"),
        ("country,name,lat,lon,kind\nVN,A,1,2,moon\n", ", line 2: kind 'moon' cannot be read;"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_one_line(text, message, tmp_path):
    """File, line, what is wrong and what to do."""
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError) as error:
        read_place_list(path)
    assert str(error.value).startswith(f"{path}{message}")


def test_a_list_that_is_not_there_or_no_text_is_refused(tmp_path):
    """No traceback."""
    (tmp_path / "odd.csv").write_bytes(b"country,name,lat,lon\nVN,\xff,1,2\n")

    with pytest.raises(SettingsError, match=r"cannot be read \(No such file"):
        read_place_list(tmp_path / "none.csv")
    with pytest.raises(SettingsError, match=r"odd\.csv, line 2: this is no UTF-8 text"):
        read_place_list(tmp_path / "odd.csv")


@pytest.mark.parametrize(
    ("written", "degrees"),
    [("22°30'15\"N", 22.504167), ("22° 30′ 15,5″ B", 22.504306), ("22°30'N", 22.5),
     ("22°30’00”S", -22.5), ("22,5", 22.5), ("22.5", 22.5)],
)  # fmt: skip
def test_degrees_minutes_and_seconds_are_read(written, degrees, tmp_path):
    """15 seconds are 15/3600 of a degree, 30 minutes half of one."""
    quoted = '"' + written.replace('"', '""') + '"'
    case = read_places(tmp_path, f"L,Qzxqzx,{quoted},104°0'E",
                       columns="place_id,name,lat,lon").case  # fmt: skip

    assert value_of(case, "L", "lat") == degrees
    assert value_of(case, "L", "lon") == 104.0


@pytest.mark.parametrize("written", ["22°61'N", "22°30'60\"N", "22°30'15\"", "22°"])
def test_degrees_that_cannot_be_are_told(written, tmp_path):
    """Sixty minutes are a degree; without a letter the half of the globe is open."""
    quoted = '"' + written.replace('"', '""') + '"'
    result = read_places(tmp_path, f"L,Qzxqzx,{quoted},104", columns="place_id,name,lat,lon")

    assert problems(result)[0].reason == "not a coordinate in degrees"
