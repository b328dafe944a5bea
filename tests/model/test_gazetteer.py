"""The gazetteer against facts that can be looked up elsewhere."""

import csv
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.model import gazetteer
from ringmap.model.gazetteer import (
    country_name,
    country_point,
    find_country,
    find_places,
    find_province,
    fold,
    other_side,
    province_point,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đồng  Đăng", "dong dang"),
        ("Ðông Hà", "dong ha"),  # Icelandic eth, common in old Vietnamese files
        ("LÀO-CAI", "lao cai"),
        ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("TP. Hồ Chí Minh", "tp ho chi minh"),
        ("Buôn Ma Thuột", "buon ma thuot"),
        ("Stœng Trêng", "stoeng treng"),
        ("河口", "河口"),
        ("ไทย", "ไทย"),
        ("", ""),
    ],
)
def test_a_name_is_folded_to_plain_letters(written, folded):
    """Marks, case, hyphens and apostrophes do not tell two spellings apart; Đ is a D."""
    assert fold(written) == folded


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    """A match key of a match key is the match key."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("VN", "VN"),
        ("vn", "VN"),
        ("VNM", "VN"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Viet-Nam", "VN"),
        ("VIỆT NAM", "VN"),
        ("viet nam", "VN"),
        ("Trung Quốc", "CN"),
        ("trung quoc", "CN"),
        ("PRC", "CN"),
        ("Campuchia", "KH"),
        ("Lào", "LA"),
        ("Lao PDR", "LA"),
        ("nước Lào", "LA"),
        ("Miến Điện", "MM"),
        ("Burma", "MM"),
        ("Đài Loan", "TW"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("Hàn Quốc", "KR"),
        ("Cote d'Ivoire", "CI"),
    ],
)
def test_a_country_is_found_by_code_and_in_both_languages(written, code):
    """A record may say it in English, in Vietnamese, with or without marks, or in code."""
    assert find_country(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Mỹ", "US"),
        ("MY", "MY"),
        ("My", None),
        ("Bỉ", "BE"),
        ("BI", "BI"),
        ("Áo", "AT"),
        ("AO", "AO"),
        ("Nga", "RU"),
        ("NGA", None),
        ("Ý", "IT"),
    ],
)
def test_short_vietnamese_names_are_not_taken_for_codes(written, code):
    """Mỹ is the United States and MY Malaysia; what cannot be told apart stays unknown."""
    assert find_country(written) == code


@pytest.mark.parametrize("written", ["", "  ", "Congo", "Korea", "XX", "Ruritania", "?"])
def test_an_unknown_or_shared_country_name_gives_none(written):
    """No guess: the record is then a country to be asked for."""
    assert find_country(written) is None


def test_every_code_and_every_name_leads_to_its_own_country():
    """249 countries of ISO 3166-1, each found by both codes and both names."""
    countries = gazetteer._countries()

    assert len(countries) == 249
    for country in countries.values():
        assert find_country(country.code) == country.code
        assert find_country(country.english) == country.code
        assert find_country(country.vietnamese) == country.code
        assert len(country.alpha_3) == 3


def test_a_country_has_a_name_in_each_language():
    """An unknown code is shown as it stands."""
    assert country_name("VN", "vi") == "Việt Nam"
    assert country_name("vn", "en") == "Viet Nam"
    assert country_name("GB", "vi") == "Anh"
    assert country_name("ZZ", "vi") == "ZZ"


def test_border_towns_lie_in_their_own_country():
    """Taken from a map, both of these fall on the wrong side."""
    mong_cai = find_places("Móng Cái", kind="city")
    hekou = find_places("Hekou", province="Yunnan", kind="town")

    assert [place.country for place in mong_cai] == ["VN"]
    assert [place.country for place in hekou] == ["CN"]


def test_a_name_borne_by_many_places_is_not_settled():
    """Hekou is a town in many provinces of China; the border town is not the largest."""
    found = find_places("Hekou")

    assert len({place.province for place in found}) > 5
    assert {place.province for place in find_places("Hekou", province="Vân Nam")} == {"Yunnan"}
    assert len(find_places("Pingxiang", country="CN")) == 4
    assert len(find_places("Bằng Tường")) == 1


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("Hà Khẩu", "Hekou", "CN"),
        ("Paoy Paet", "Poipet", "KH"),
        ("poipet", "Poipet", "KH"),
        ("Mengmao", "Ruili", "CN"),
        ("Nam Vang", "Phnom Penh", "KH"),
        ("Viêng Chăn", "Vientiane", "LA"),
        ("Tam giác Vàng", "Golden Triangle Special Economic Zone", "LA"),
        ("O'Smach", "O Smach", "KH"),
        ("Côn Minh", "Kunming", "CN"),
        ("Sài Gòn", "Thành phố Hồ Chí Minh", "VN"),
        ("Bangkok", "Bangkok", "TH"),
        ("Tachilek", "Tachileik", "MM"),
    ],
)
def test_a_town_is_found_by_its_other_names(written, name, country):
    """Police write the Vietnamese or the older name."""
    assert (name, country) in {(place.name, place.country) for place in find_places(written)}


@pytest.mark.parametrize(
    "written", ["thành phố Móng Cái", "TP Móng Cái", "TP.Móng Cái", "Mong Cai city"]
)
def test_words_for_the_kind_of_place_are_not_part_of_its_name(written):
    """ "City of" in either language is left out of the search."""
    assert find_places(written, kind="city")[0].name == "Móng Cái"


def test_marks_decide_between_two_names_when_written():
    """Đông Hưng (Thái Bình, Dongxing) is not Đồng Hùng; unmarked text finds all."""
    marked = {place.name for place in find_places("Tân Châu")}
    unmarked = {place.name for place in find_places("Tan Chau")}

    assert marked <= unmarked
    assert find_places("Hoà Bình", kind="city") == find_places("Hòa Bình", kind="city")


def test_an_unknown_country_or_province_finds_nothing():
    """A filter that is not understood must not be dropped."""
    assert find_places("Hekou", country="Ruritania") == ()
    assert find_places("Hekou", province="Nowhere") == ()
    assert find_province("Yunnan", country="Ruritania") == ()


def test_a_border_gate_has_two_sides():
    """Mộc Bài in Tây Ninh is Bavet in Svay Rieng."""
    (moc_bai,) = find_places("cửa khẩu Mộc Bài")
    bavet = other_side(moc_bai)

    assert (moc_bai.country, moc_bai.kind) == ("VN", "border_gate")
    assert bavet is not None
    assert (bavet.name, bavet.country, bavet.province) == ("Bavet", "KH", "Svay Rieng")
    assert other_side(bavet) == moc_bai
    assert other_side(find_places("Móng Cái", kind="city")[0]) is None


def test_the_gates_named_in_the_brief_are_there():
    """International and main gates with the three neighbours."""
    names = (
        "Hữu Nghị|Lào Cai|Móng Cái|Tân Thanh|Thanh Thủy|Trà Lĩnh|Ma Lù Thàng|Tây Trang|Cầu Treo|"
        "Lao Bảo|Bờ Y|Lệ Thanh|Hoa Lư|Xa Mát|Mộc Bài|Bình Hiệp|Dinh Bà|Thường Phước|Vĩnh Xương|"
        "Tịnh Biên|Hà Tiên|Khánh Bình|Na Mèo|Nậm Cắn|Cha Lo"
    )
    for name in names.split("|"):
        gates = find_places(name, country="VN", kind="border_gate")

        assert gates, name
        assert all(8 < gate.lat < 24 and 102 < gate.lon < 110 for gate in gates), name


def test_a_province_is_found_and_not_a_town_of_its_name():
    """Quảng Ninh is also a district 400 km from the province."""
    (quang_ninh,) = find_province("tỉnh Quảng Ninh")

    assert (quang_ninh.kind, quang_ninh.country) == ("province", "VN")
    point = province_point("Quảng Ninh", "VN")
    assert point is not None
    assert 20.6 < point[0] < 21.7
    assert 106.4 < point[1] < 108.1


def test_viet_nam_has_63_provinces_and_then_34():
    """Resolution 202/2025/QH15: from 2025-07-01."""
    units = [place for place, _ in gazetteer._provinces() if place.country == "VN"]

    def in_force(day):
        return {p.name for p in units if (p.valid_from or "") <= day <= (p.valid_to or "9")}

    assert len(in_force("2024-12-31")) == 63
    assert len(in_force("2025-06-30")) == 63
    assert len(in_force("2025-07-01")) == 34


@pytest.mark.parametrize(
    ("name", "on", "names"),
    [
        ("Yên Bái", "2025-06-30", {"Yên Bái"}),
        ("Yên Bái", "2025-07-01", {"Lào Cai"}),
        ("Yên Bái", "2019", {"Yên Bái"}),
        ("Yên Bái", "2025", {"Yên Bái", "Lào Cai"}),
        ("Yên Bái", "2025-06", {"Yên Bái"}),
        ("Hà Giang", "2026-01", {"Tuyên Quang"}),
        ("Thừa Thiên Huế", "2025-03-01", {"Huế"}),
        ("Hà Tây", "2015", {"Hà Nội"}),
        ("Bà Rịa - Vũng Tàu", "2025-07-01", {"Thành phố Hồ Chí Minh"}),
        ("Quảng Ninh", "2030", {"Quảng Ninh"}),
    ],
)
def test_the_date_chooses_the_province(name, on, names):
    """A province merged before the date gives its successor; a vague date may give both."""
    assert {place.name for place in find_province(name, country="VN", on=on)} == names


def test_lao_cai_changed_on_the_first_of_july_2025():
    """One name, two units: alone until 2025-06-30, with Yên Bái since."""
    before, after = find_province("Lào Cai")

    assert (before.valid_to, after.valid_from) == ("2025-06-30", "2025-07-01")
    assert find_province("Lào Cai", on="2025-06-30") == (before,)
    assert find_province("Lào Cai", on="2025-07-01") == (after,)


def test_a_province_name_shared_by_two_countries_needs_the_country():
    """Hà Nam is a province of Viet Nam and the Vietnamese name of Henan."""
    assert {place.country for place in find_province("Hà Nam")} == {"VN", "CN"}
    assert [place.name for place in find_province("Hà Nam", country="Trung Quốc")] == ["Henan"]
    assert province_point("Vientiane", "LA") is None  # the capital and the province around it


def test_a_place_answers_to_its_province_of_then_and_of_now():
    """Yên Minh was in Hà Giang, which became part of Tuyên Quang."""
    for province in ("Hà Giang", "Tuyên Quang"):
        assert [place.name for place in find_places("Yên Minh", province=province)] == ["Yên Minh"]


def test_every_successor_exists():
    """No merged province leads nowhere."""
    for place, successor in gazetteer._successors().items():
        assert successor.country == place.country
        assert successor.valid_to is None


def test_every_row_is_usable():
    """Known country, known province, a point on earth, a stated precision."""
    provinces = {(p.country, p.name) for p, _ in gazetteer._provinces()}
    places = {place for group in gazetteer._place_index().values() for place in group}

    assert len(places) > 1500
    for place in places:
        assert find_country(place.country) == place.country
        assert place.province is None or (place.country, place.province) in provinces, place
        assert -90 < place.lat < 90
        assert -180 < place.lon < 180
        assert place.precision_km >= 2
        assert place.name == place.names[0]


def test_a_vietnamese_town_lies_near_its_province():
    """A slip of a digit in a coordinate would put it far off: within about three province radii."""
    units = [unit for unit, _ in gazetteer._provinces() if unit.country == "VN"]
    provinces = {unit.name: unit for unit in reversed(units)}  # the older of two of one name
    places = {place for group in gazetteer._place_index().values() for place in group}
    far_out_at_sea = {"Côn Đảo", "Côn Sơn", "Bạch Long Vĩ"}
    for place in places:
        if place.country != "VN" or place.province is None or place.name in far_out_at_sea:
            continue
        home = provinces[place.province]
        north_km = (place.lat - home.lat) * 111.2
        east_km = (place.lon - home.lon) * 111.2 * math.cos(math.radians(place.lat))

        assert math.hypot(north_km, east_km) < 2.6 * home.precision_km + 25, place


def test_the_data_can_be_read_by_people_and_is_sorted_out():
    """UTF-8 without a mark at the front, the same number of cells in every row."""
    folder = Path(gazetteer.__file__).parent / "places_data"
    for file in folder.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        rows = list(csv.reader(text.splitlines()))

        assert not text.startswith("\ufeff")
        assert len({len(row) for row in rows}) == 1, file.name
        assert len({tuple(row) for row in rows}) == len(rows), file.name


def test_a_country_has_a_point_for_its_label():
    """Viet Nam's lies in Viet Nam; an unknown code has none."""
    point = country_point("VN")

    assert point is not None
    assert 8 < point[0] < 23.5
    assert 102 < point[1] < 110
    assert country_point("ZZ") is None


def test_the_gazetteer_uses_the_standard_library_alone():
    """It is loaded on its own, so that a broken install of pandas cannot hide a place."""
    file = gazetteer.__file__
    code = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('g', {file!r})\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "sys.modules['g'] = module\n"
        "spec.loader.exec_module(module)\n"
        "assert module.find_country('Lào') == 'LA'\n"
        "assert module.find_places('Móng Cái')\n"
        "assert not {'pandas', 'numpy', 'yaml', 'socket', 'ringmap'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
