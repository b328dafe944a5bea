"""``--gazetteer`` and ``--basemap`` on the command line."""

import json
import re

import pytest

from cli.running import run
from rings import write_folder

PLACES = "place_id,name,kind,country\nL,Suối Mơ,town,VN\nM,Móng Cái,city,VN\n"
PEOPLE = "person_id,name,role\nA,An,recruiter\nB,Bo,transporter\n"
TIES = "source,target,kind\nA,B,called\nA,L,seen_at\nB,M,seen_at\n"
OWN = "country,name,lat,lon\nVN,Suối Mơ,21.5,104.5\n"
MAP = {
    "type": "FeatureCollection", "title": "Drawn by hand",
    "features": [{"properties": {"code": "VN"}, "geometry": {"type": "Polygon", "coordinates":
                 [[[100, 10], [110, 10], [110, 24], [100, 24], [100, 10]]]}}],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A case of two places, one of which only the own list knows."""
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "case", places=PLACES, people=PEOPLE, ties=TIES)
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "map.json").write_text(json.dumps(MAP), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "credit"),
    [
        ((), "Natural Earth (public domain); places: GeoNames (CC BY 4.0)"),
        (("--gazetteer", "own.csv"), "Natural Earth (public domain); places: own.csv"),
        (("--basemap", "map.json"), "Drawn by hand; places: GeoNames (CC BY 4.0)"),
        (("--gazetteer", "own.csv", "--basemap", "map.json"), "Drawn by hand; places: own.csv"),
    ],
)
def test_the_map_credits_what_it_was_made_from(options, credit, folder):
    """A source that was replaced is not named."""
    done = run("map", "case", "-o", "map.html", *options)

    assert done.exit_code == 0, done.output
    page = (folder / "map.html").read_text(encoding="utf-8")
    assert re.findall('"credit":"([^"]*)"', page) == [credit]


def test_a_store_keeps_the_list_it_was_loaded_with(folder):
    """Asked for another, ringmap says to load again; the credit stays."""
    assert run("load", "case", "--into", "s.ringmap", "--gazetteer", "own.csv").exit_code == 0
    refused = run("brokers", "s.ringmap", "--gazetteer", "own.csv")
    drawn = run("map", "s.ringmap", "-o", "map.html")

    assert refused.exit_code == 1
    assert "the places of a store were looked up when it was loaded" in refused.output
    assert drawn.exit_code == 0
    assert "places: own.csv" in (folder / "map.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "brokers", "borders", "rings"])
def test_a_list_that_is_none_is_one_line(command, folder):
    """Exit code 1, no traceback."""
    done = run(command, "case", "--gazetteer", "none.csv")

    assert done.exit_code == 1
    assert "ringmap: none.csv: cannot be read (No such file or directory)" in done.output


def test_the_quick_map_takes_no_basemap(folder):
    """It draws no routes."""
    done = run("map", "case", "-o", "m.html", "--style", "pyvis", "--basemap", "map.json")

    assert done.exit_code == 1
    assert "the quick map has no routes to draw a map under" in done.output


def test_the_demonstration_is_drawn_on_a_map_of_ones_own(folder):
    """The case has its own coordinates, so that the map alone is credited.

    A map that is none is refused before anything is written.
    """
    done = run("demo", "infant_line", "--no-open", "--basemap", "map.json", "--out", "d")
    refused = run("demo", "infant_line", "--no-open", "--basemap", "none.json", "--out", "e")

    assert done.exit_code == 0, done.output
    page = (folder / "d" / "infant_line-map.html").read_text(encoding="utf-8")
    assert re.findall('"credit":"([^"]*)"', page) == ["Drawn by hand"]
    assert refused.exit_code == 1
    assert "none.json: cannot be read" in refused.output
    assert not (folder / "e").exists()
