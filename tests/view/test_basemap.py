"""The basemap: right size, inside its bounds, with borders that meet."""

import json

import pytest

from ringmap.view.basemap import _joined, _world, clip_basemap

NORTH = (18.0, 100.0, 27.0, 110.0)  # northern Viet Nam and southern China
MEKONG = (9.0, 92.0, 26.0, 110.0)  # Viet Nam, Cambodia, Myanmar
VIET_NAM = (8.0, 102.0, 23.5, 110.0)
WORLD = (-60.0, -170.0, 75.0, 179.0)


def size_kb(basemap):
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode()) / 1000


def shapes(basemap):
    return [*basemap["countries"], *basemap["provinces"]]


def points(ring):
    return list(zip(ring[::2], ring[1::2], strict=True))


def holds(shape, lat, lon):
    """Whether a point lies inside a shape, counting crossings to the west."""
    odd = False
    for ring in shape["rings"]:
        corners = points(ring)
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def named(shape_list, name):
    return next(shape for shape in shape_list if shape["label"] == name)


@pytest.mark.parametrize("bounds", [NORTH, MEKONG, VIET_NAM, WORLD, (22.4, 103.9, 22.5, 104.0)])
def test_nothing_lies_outside_the_bounds(bounds):
    """Every point of every ring is inside the padded rectangle that comes with it."""
    basemap = clip_basemap(bounds)
    south, west, north, east = basemap["bounds"]

    assert south <= bounds[0]
    assert west <= bounds[1]
    assert north >= bounds[2]
    assert east >= bounds[3]
    assert shapes(basemap)
    for shape in shapes(basemap):
        for ring in shape["rings"]:
            assert len(ring) >= 6
            assert all(west <= lon <= east and south <= lat <= north for lon, lat in points(ring))


def test_the_page_stays_small():
    """Targets of the issue: 150 kB for a northern case, 300 kB for the whole Mekong."""
    assert size_kb(clip_basemap(NORTH)) < 150
    assert size_kb(clip_basemap(MEKONG)) < 300
    assert size_kb(clip_basemap(WORLD)) < 300


def test_known_cities_lie_in_their_country_and_province():
    """Cities far from any border; near one the map may be out by kilometres."""
    basemap = clip_basemap(VIET_NAM)
    codes = {shape["code"]: shape for shape in basemap["countries"]}
    inland = [
        ("VN", "Hà Nội", 21.03, 105.80),
        ("VN", "Nghệ An", 19.2, 105.0),
        ("VN", "Đắk Lắk", 12.67, 108.04),
        ("VN", "Kiên Giang", 10.2, 104.0),  # the island of Phú Quốc
        ("LA", "Luang Prabang", 19.89, 102.13),
        ("KH", "Kampong Thom", 12.71, 104.89),
        ("TH", "Udon Thani", 17.41, 102.79),
    ]
    for code, province, lat, lon in inland:
        assert holds(codes[code], lat, lon), province
        assert holds(named(basemap["provinces"], province), lat, lon), province


def test_labels_lie_inside_what_they_name():
    """A label in the neighbour would be a false statement; Phnom Penh is a hole in Kandal."""
    basemap = clip_basemap(VIET_NAM)
    for shape in shapes(basemap):
        if shape["at"] is not None:
            assert holds(shape, *shape["at"]), shape["label"]


def test_the_63_provinces_have_their_vietnamese_names():
    """The source misspells several ("Đông Bắc" for Bắc Kạn); the gazetteer's names are drawn."""
    basemap = clip_basemap((8.0, 102.0, 23.5, 110.0))
    names = {shape["label"] for shape in basemap["provinces"] if shape["country"] == "VN"}

    assert len(names) == 63
    assert {"Bắc Kạn", "Đồng Nai", "Hưng Yên", "Sơn La", "Hà Tĩnh", "Đồng Tháp"} <= names
    assert not {"Đông Bắc", "Đông Nam Bộ", "Đồng Bằng Sông Hồng", "Son La"} & names


def test_the_34_provinces_are_drawn_for_a_later_date():
    """Yên Bái's land is Lào Cai's from 2025-07-01."""
    basemap = clip_basemap(VIET_NAM, on="2025-07-01")
    vietnamese = [shape for shape in basemap["provinces"] if shape["country"] == "VN"]

    assert len({shape["label"] for shape in vietnamese}) == 34
    assert holds(named(vietnamese, "Lào Cai"), 21.70, 104.87)  # the town of Yên Bái
    assert len(_joined(named_rings("Hà Giang") + named_rings("Tuyên Quang"), _world()["arcs"])) == 1


def named_rings(name):
    return next(list(s["rings"]) for s in _world()["provinces"] if s["name"] == name)


def test_province_borders_are_the_country_border():
    """At the edge of a country both lines have the same points, or gaps would show."""
    basemap = clip_basemap((21.5, 102.5, 23.0, 105.0))
    country = next(shape for shape in basemap["countries"] if shape["code"] == "VN")
    corners = {point for ring in country["rings"] for point in points(ring)}
    provinces = {
        point
        for shape in basemap["provinces"]
        if shape["country"] == "VN"
        for ring in shape["rings"]
        for point in points(ring)
    }

    assert corners - provinces == set()


def test_islands_claimed_by_several_states_have_no_owner():
    """Paracel and Spratly Islands: drawn and named in the reader's language, no country."""
    basemap = clip_basemap((8.0, 105.0, 20.0, 118.0))
    unowned = {s["label"]["vi"]: s for s in basemap["countries"] if not s["code"]}
    owned = [shape for shape in basemap["countries"] if shape["code"]]

    assert {"Hoàng Sa", "Trường Sa"} <= set(unowned)
    assert unowned["Hoàng Sa"]["label"]["en"] == "Paracel Islands"
    lat, lon = unowned["Hoàng Sa"]["at"]
    assert not any(holds(shape, lat, lon) for shape in owned)
    assert "Paracel Islands" not in {shape["label"] for shape in basemap["provinces"]}


def test_provinces_are_left_out_of_a_wide_view():
    """Beyond 40 degrees, or when not asked for."""
    assert clip_basemap(WORLD)["provinces"] == []
    assert clip_basemap(NORTH, detail=False)["provinces"] == []


def test_countries_are_labelled_in_both_languages():
    """Through the gazetteer, so the map and the tables use one name."""
    labels = {s["code"]: s["label"] for s in clip_basemap(VIET_NAM)["countries"]}

    assert labels["VN"] == {"en": "Viet Nam", "vi": "Việt Nam"}
    assert labels["KH"] == {"en": "Cambodia", "vi": "Campuchia"}


def test_the_same_bounds_give_the_same_bytes():
    """Nothing in it depends on what was drawn before."""
    first = json.dumps(clip_basemap(NORTH))
    clip_basemap(WORLD)

    assert json.dumps(clip_basemap(NORTH)) == first


def test_a_single_point_still_gets_a_map():
    """A case in one town: half a degree around it, so that there is something to see."""
    basemap = clip_basemap((22.48, 103.97, 22.48, 103.97))
    south, west, north, east = basemap["bounds"]

    assert north - south == pytest.approx(0.65, abs=0.01)
    assert east - west == pytest.approx(0.65, abs=0.01)
    assert {shape["code"] for shape in basemap["countries"]} == {"VN", "CN"}
