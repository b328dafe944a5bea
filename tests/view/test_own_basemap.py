"""A map of one's own under the routes: what is read, what is refused, whom the page credits."""

import json

import pytest

from ringmap.errors import SettingsError
from ringmap.view.basemap import clip_basemap
from ringmap.view.basemap_files import read_basemap

SQUARE = {
    "credit": "Survey of nowhere",
    "per_degree": 10,
    "countries": [{"code": "VN", "name": ["Here", "Đây"], "rings": [[0]]}],
    "provinces": [],
    "arcs": [[1000, 100, 100, 0, 0, 100, -100, 0, 0, -100]],
}  # 100 to 110 E, 10 to 20 N
GEOJSON = {
    "type": "FeatureCollection",
    "title": "Drawn by hand",
    "features": [
        {
            "type": "Feature",
            "properties": {"ISO_A2": "VN"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[100, 10], [110, 10], [110, 20], [100, 20], [100, 10]]],
            },
        }
    ],
}


def read_map(tmp_path, content):
    path = tmp_path / "own.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_basemap(path)


@pytest.mark.parametrize(
    ("content", "credit", "label"),
    [(SQUARE, "Survey of nowhere", "Here"), (GEOJSON, "Drawn by hand", "Viet Nam"),
     ({**GEOJSON, "title": None}, "own.json", "Viet Nam")],
)  # fmt: skip
def test_a_map_of_ones_own_is_drawn_and_credited(content, credit, label, tmp_path):
    """The rectangle from 12 to 18 N and 102 to 108 E lies wholly inside the square."""
    drawn = clip_basemap((12, 102, 18, 108), margin=0, basemap=read_map(tmp_path, content))

    assert drawn["credit"] == credit
    assert drawn["provinces"] == []
    (country,) = drawn["countries"]
    assert (country["code"], country["label"]["en"]) == ("VN", label)
    (ring,) = country["rings"]
    corners = {tuple(ring[at : at + 2]) for at in range(0, len(ring), 2)}
    assert corners == {(102.0, 12.0), (108.0, 12.0), (108.0, 18.0), (102.0, 18.0)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", ", line 1, column 2: this is no JSON"),
        ("[]", ": a map is an object in braces;"),
        ("{}", ": 'per_degree' is not a whole number from 1;"),
        ({**SQUARE, "arcs": 3}, ": 'arcs' is not a list;"),
        ({**SQUARE, "arcs": [[1, 2]]}, ": arc 0 is not a list of two or more points"),
        ({**SQUARE, "countries": None}, ": 'countries' is not a list;"),
        ({**SQUARE, "countries": [{"code": "VN", "rings": [[1]]}]},
         ": countries 0 names arc 1, and there are 1;"),
        ({**SQUARE, "countries": [{"rings": [[0]]}]}, ": countries 0 has no text 'code';"),
        ({**SQUARE, "countries": [{"code": "VN", "name": "x", "rings": [[0]]}]},
         ": 'name' of countries 0 is not a pair of English and Vietnamese;"),
        ({**SQUARE, "credit": 3}, ": 'credit' is no text;"),
        ({"type": "FeatureCollection"}, ": 'features' is not a list;"),
        ({"type": "FeatureCollection", "features": []}, ": a map without features;"),
        ({"type": "FeatureCollection", "features": [{"geometry": None}]},
         ": feature 0 has no geometry;"),
        ({"type": "FeatureCollection",
          "features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]},
         ": feature 0 is neither a Polygon nor a MultiPolygon;"),
        ({"type": "FeatureCollection",
          "features": [{"geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 400]]]}}]},
         ": feature 0 has a ring that is not four or more points on the globe;"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_in_one_line(content, message, tmp_path):
    """File, what is wrong where, and where to look the form up."""
    with pytest.raises(SettingsError) as error:
        read_map(tmp_path, content)

    assert str(error.value).startswith(f"{tmp_path / 'own.json'}{message}")
    assert "ringmap formats places" in str(error.value)


def test_a_map_that_is_not_there_is_refused(tmp_path):
    """No traceback."""
    with pytest.raises(SettingsError, match=r"cannot be read \(No such file"):
        read_basemap(tmp_path / "none.json")
