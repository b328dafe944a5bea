"""The towns of the world, names with and without marks, and both sides of gates."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.model import gazetteer
from ringmap.model.gazetteer import (
    Place,
    find_places,
    find_province,
    gather_places,
    other_side,
    same_spot,
    wide_gazetteer,
)
from ringmap.model.nearness import has_place_within, places_within

WIDE = wide_gazetteer()
LINES = WIDE.packed.decode("utf-8").splitlines()


@pytest.mark.parametrize(
    "written",
    # written | country | province or - | near this latitude and longitude, from an atlas
    """
    Hà Nội|VN|Hà Nội|21.0 105.8
    Hanoi|VN|Hà Nội|21.0 105.8
    Thành phố Hồ Chí Minh|VN|-|10.8 106.7
    TP. Hồ Chí Minh|VN|-|10.8 106.7
    Sài Gòn|VN|-|10.8 106.7
    Mong Cai|VN|Quảng Ninh|21.5 108.0
    Móng Cái|VN|Quảng Ninh|21.5 108.0
    Đồng Đăng|VN|Lạng Sơn|21.9 106.7
    Dong Dang|VN|Lạng Sơn|21.9 106.7
    Văn Bàn|VN|Lào Cai|22.1 104.3
    Bắc Mê|VN|Hà Giang|22.7 105.3
    Quang Bình|VN|Hà Giang|22.4 104.6
    Bảo Lâm|VN|Cao Bằng|22.8 105.5
    Hạ Lang|VN|Cao Bằng|22.7 106.7
    Tân Uyên|VN|Lai Châu|22.2 103.8
    Nậm Nhùn|VN|Lai Châu|22.1 103.0
    Sốp Cộp|VN|Sơn La|20.9 103.6
    Vân Hồ|VN|Sơn La|20.8 104.8
    Mai Sơn|VN|Sơn La|21.2 104.1
    Khe Sanh|VN|Quảng Trị|16.6 106.7
    Đakrông|VN|Quảng Trị|16.7 106.8
    Vĩnh Linh|VN|Quảng Trị|17.1 107.0
    Ia H'Drai|VN|Kon Tum|14.1 107.4
    Ia HDrai|VN|Kon Tum|14.1 107.4
    Krông Pa|VN|Gia Lai|13.2 108.7
    Bù Gia Mập|VN|Bình Phước|11.9 107.0
    Bình Long|VN|Bình Phước|11.6 106.6
    Đức Hòa|VN|Long An|10.9 106.4
    Tháp Mười|VN|Đồng Tháp|10.5 105.8
    Thoại Sơn|VN|An Giang|10.3 105.3
    Giang Thành|VN|Kiên Giang|10.5 104.7
    Nam Ninh|CN|Guangxi|22.8 108.3
    Nanning|CN|Guangxi|22.8 108.3
    南宁|CN|Guangxi|22.8 108.3
    Bằng Tường|CN|Guangxi|22.1 106.7
    Côn Minh|CN|Yunnan|25.0 102.7
    昆明|CN|Yunnan|25.0 102.7
    Văn Sơn|CN|Yunnan|23.4 104.2
    Phổ Nhĩ|CN|Yunnan|22.8 101.0
    Thụy Lệ|CN|Yunnan|24.0 97.9
    Quảng Châu|CN|Guangdong|23.1 113.3
    Guangzhou|CN|Guangdong|23.1 113.3
    Bắc Kinh|CN|Beijing|39.9 116.4
    Thượng Hải|CN|Shanghai|31.2 121.5
    Nam Vang|KH|Phnom Penh|11.6 104.9
    Poipet|KH|Banteay Meanchey|13.7 102.6
    Paoy Paet|KH|Banteay Meanchey|13.7 102.6
    Viêng Chăn|LA|-|18.0 102.6
    Boten|LA|Luang Namtha|21.2 101.7
    Mae Sot|TH|Tak|16.7 98.6
    Mae Sai|TH|Chiang Rai|20.4 99.9
    Băng Cốc|TH|Bangkok|13.8 100.5
    Myawaddy|MM|Kayin|16.7 98.5
    Tachilek|MM|Shan|20.4 99.9
    Muse|MM|Shan|24.0 97.9
    Kota Bharu|MY|Kelantan|6.1 102.2
    Zamboanga|PH|-|6.9 122.1
    Luân Đôn|GB|-|51.5 -0.1
    Praha|CZ|-|50.1 14.4
    Wien|AT|-|48.2 16.4
    München|DE|-|48.1 11.6
    Pa-ri|FR|-|48.9 2.4
    Moskva|RU|-|55.8 37.6
    Mát-xcơ-va|RU|-|55.8 37.6
    Kiev|UA|-|50.4 30.5
    Springfield|US|Illinois|39.8 -89.6
    Bombay|IN|-|19.1 72.9
    Los Angeles|US|-|34.1 -118.2
    """.strip().splitlines(),
)  # fmt: skip
def test_a_town_is_found_where_it_lies(written):
    """With marks and without, in Vietnamese, English, Chinese, and by older names."""
    name, country, province, point = written.strip().split("|")
    lat, lon = map(float, point.split())
    found = [
        place
        for place in find_places(name, country=country, among=WIDE)
        if abs(place.lat - lat) < 0.25 and abs(place.lon - lon) < 0.25
    ]

    assert found, name
    assert province in ("-", found[0].province)


@pytest.mark.parametrize(
    ("name", "country", "count"),
    [("Châu Thành", "VN", 5), ("Pingxiang", "CN", 4), ("Springfield", "US", 5),
     ("Hekou", "CN", 18), ("Thanh Thủy", "VN", 2)],
)  # fmt: skip
def test_a_shared_name_stays_shared(name, country, count):
    """At least so many spots; none is chosen because more people live there."""
    assert len(same_spot(find_places(name, country=country, among=WIDE))) >= count


@pytest.mark.parametrize(
    ("here", "country", "there", "other_country"),
    [
        ("Mộc Bài", "VN", "Bavet", "KH"),
        ("Lao Bảo", "VN", "Dansavan", "LA"),
        ("Hữu Nghị", "VN", "Youyiguan", "CN"),
        ("Mohan", "CN", "Boten", "LA"),
        ("Muse", "MM", "Ruili", "CN"),
        ("Myawaddy", "MM", "Mae Sot", "TH"),
        ("Poipet", "KH", "Khlong Luek", "TH"),
        ("Savannakhet", "LA", "Mukdahan", "TH"),
        ("Nong Nok Khiene", "LA", "Trapeang Kriel", "KH"),
        ("Cham Yeam", "KH", "Hat Lek", "TH"),
    ],
)
def test_every_border_of_the_region_has_its_gates(here, country, there, other_country):
    """Each border named in the brief, from both sides."""
    (gate,) = find_places(here, country=country, kind="border_gate")
    side = other_side(gate)

    assert side is not None
    assert (side.name, side.country) == (there, other_country)
    assert side in find_places(there, country=other_country, kind="border_gate")
    assert other_side(side) == gate


def test_both_lists_find_every_place_under_each_of_its_names():
    """The near list whole, and of the packed lines every fiftieth."""
    for places in WIDE.places.values():
        for place in places:
            for name in place.names:
                assert place in WIDE.called(name)
    for line in LINES[::50]:
        place = gazetteer._town(line)
        for name in place.names:
            assert place in WIDE.called(name), (line, name)


def test_packed_lines_are_sorted_and_whole():
    """Halving finds nothing in what is not sorted; each place has all of its names."""
    keys = [line.partition("\t")[0] for line in LINES]

    assert [key.encode() for key in keys] == sorted(key.encode() for key in keys)
    assert {len(line.split("\t")) for line in LINES} == {7}
    for line in LINES:
        place = gazetteer._town(line)
        assert -90 < place.lat < 90
        assert -180 <= place.lon <= 180


def test_the_world_fits_in_three_megabytes():
    """It has to travel on old laptops; it is packed without a date, so its bytes stay the same."""
    folder = Path(gazetteer.__file__).parent / "places_data"
    packed = (folder / "world.tsv.gz").read_bytes()

    assert sum(file.stat().st_size for file in folder.iterdir()) < 3_000_000
    assert packed[4:8] == b"\0\0\0\0"
    assert gzip.decompress(packed) == WIDE.packed


def test_no_packed_town_doubles_one_of_ours():
    """Of one country and name, within 15 km."""
    for line in LINES[::7]:
        place = gazetteer._town(line)
        near = [p for p in WIDE.places.get(line.partition("\t")[0], ()) if p.kind != "border_gate"]
        assert len(same_spot([place, *near])) == len(same_spot(near)) + 1, line


_PLACES = st.lists(
    st.builds(
        lambda name, other, country, lat, lon: Place(
            name, "town", country, None, lat, lon, 3.0, None, None, (name, other)
        ),
        st.sampled_from(["Huế", "Hue", "Hekou", "Đông Hà", "Dong Ha", "<b>"]),
        st.sampled_from(["Other", "Hà Khẩu", "=A1"]),
        st.sampled_from(["VN", "CN"]),
        st.sampled_from([10.0, 20.5]),
        st.sampled_from([100.0, 105.5]),
    ),
    max_size=8,
    unique=True,
)


@given(_PLACES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(places, random):
    """A list shuffled finds the same places in the same order."""
    shuffled = list(places)
    random.shuffle(shuffled)
    first, second = gather_places("a", places), gather_places("a", shuffled)

    for place in places:
        for name in place.names:
            found = find_places(name, among=first)
            assert found == find_places(name, among=second)
            assert place in found


def test_what_lies_near_a_point_is_told_by_country():
    """The bridge of Lào Cai; the middle of the Pacific; across the 180th meridian."""
    assert places_within(22.507, 103.966, 50) == {"CN": "Hekou", "VN": "Lào Cai"}
    assert places_within(-30.0, -130.0, 100) == {}
    assert "FJ" in places_within(-16.43, 179.37, 100)


@pytest.mark.parametrize(("country", "wanted"), [("VN", True), ("CN", True), ("LA", False)])
def test_of_two_countries_at_a_river_both_are_near(country, wanted):
    """Lào Cai lies across the river from Hekou; Laos is 200 km away."""
    assert has_place_within(22.507, 103.966, 50, country) is wanted


@given(
    st.floats(7, 25), st.floats(100, 112), st.sampled_from([5.0, 25.0, 50.0]),
    st.sampled_from(["VN", "LA", "KH", "CN"]),
)  # fmt: skip
def test_a_country_is_near_where_one_of_its_places_is(lat, lon, km, country):
    """On land and at sea, near and beyond borders: what one finds the other lists."""
    assert has_place_within(lat, lon, km, country) is (country in places_within(lat, lon, km))


@pytest.mark.parametrize(
    ("name", "on", "names"),
    [
        ("Hoàng Liên Sơn", "1985", {"Hoàng Liên Sơn"}),
        ("Hoang Lien Son", "1992", set()),
        ("Hà Tuyên", None, {"Hà Tuyên"}),
        ("Nghệ Tĩnh", "1991-08-31", {"Nghệ Tĩnh"}),
        ("Sông Bé", "1997-01-01", set()),
    ],
)
def test_provinces_that_were_split_are_known_by_their_time(name, on, names):
    """They have no one successor, so after their end the name gives none."""
    assert {place.name for place in find_province(name, country="VN", on=on)} == names
