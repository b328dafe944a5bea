"""The quick map: pyvis's engine in a page of ours, offline, with names as text."""

from __future__ import annotations

import json

import pytest

from ringmap.errors import OutputError
from ringmap.view import render_quick_map
from ringmap.view.quick import MARKS, MOST_PARTIES
from view.small_case import circle_of, cleared_of
from view.test_page import HOSTILE, elements_of


def data_of(page):
    parser = elements_of(page)
    at = next(i for i, (_, told) in enumerate(parser.found) if told.get("id") == "quick-data")
    return json.loads(parser.text[at])


@pytest.fixture
def page(make_case):
    return render_quick_map(cleared_of(make_case(), caveats=[("Gaps.", "Thiếu.")]), title="A case")


def test_the_page_is_whole_and_says_its_title_once(page):
    """pyvis itself writes no doctype, no language, and its heading twice."""
    tags = [tag for tag, _ in elements_of(page).found]

    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert tags.count("h1") == tags.count("title") == 1
    assert page.count("A case") == 2


def test_nothing_is_fetched(page):
    """No CDN: engine, styles and data are in the file, and the policy forbids the rest."""
    for tag, told in elements_of(page).found:
        assert "src" not in told, tag
        assert told.get("href", "data:,").startswith("data:"), tag
    assert "default-src 'none'" in page
    assert "cdn." not in page.lower()


def test_the_engines_licence_stays_at_its_head(page):
    """vis-network is used under the Apache or MIT licence, which ask for their notice."""
    assert "@license" in page
    assert "Apache 2.0 License" in page


def test_every_tie_is_kept_and_parallel_ones_are_bent_apart(page):
    """pyvis's own add_edge drops the second tie of a pair."""
    data = data_of(page)
    pair = [edge for edge in data["edges"] if edge["title"].startswith("Lò Thị Mai → Sùng A Páo")]
    pair += [edge for edge in data["edges"] if edge["title"].startswith("Lò Thị Mai – Sùng A Páo")]
    bends = {(edge["smooth"]["type"], edge["smooth"]["roundness"]) for edge in pair}

    assert len(pair) == len(bends) == 2


def test_victims_are_told_apart_without_colour(page):
    """Another shape and a heavier edge."""
    data = data_of(page)
    victim = next(node for node in data["nodes"] if node["label"].startswith("Victim"))
    offender = next(node for node in data["nodes"] if node["label"] == "Lò Thị Mai")

    assert victim["shape"] != offender["shape"]
    assert victim["borderWidth"] > offender["borderWidth"]
    assert len({mark.shape for mark in MARKS.values()}) >= 8


def test_places_are_computed_and_nothing_moves(page):
    """No physics in the browser, which froze at three thousand people."""
    data = data_of(page)

    assert data["options"]["physics"] == {"enabled": False}
    assert all({"x", "y"} <= node.keys() for node in data["nodes"])


def test_same_input_gives_the_same_bytes(make_case, page):
    """No seed of the browser's, no clock."""
    again = render_quick_map(cleared_of(make_case(), caveats=[("Gaps.", "Thiếu.")]), title="A case")

    assert again == page


def test_no_victims_name_is_on_the_page(page):
    """Labels and hints come from what was cleared."""
    assert "Vàng Thị Sua" not in page
    assert "Giàng Thị Dua" not in page


def test_too_many_parties_are_refused_with_the_way_out(make_case):
    """The engine would take half a minute; the explorer does not."""
    cleared = cleared_of(make_case(**circle_of(["An"] * (MOST_PARTIES + 1))))
    with pytest.raises(OutputError, match="explorer"):
        render_quick_map(cleared, title="x")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_disk_and_draws(offline_page, tmp_path, page, scheme):
    """Every party and tie; no request, no error in the console."""
    path = tmp_path / "quick.html"
    path.write_text(page, encoding="utf-8")
    opened = offline_page(path, color_scheme=scheme)
    opened.wait_for_function("window.quickmap")
    data = data_of(page)

    assert opened.evaluate("[window.quickmap.parties, window.quickmap.ties]") == [
        len(data["nodes"]), len(data["edges"]),
    ]  # fmt: skip


def test_hostile_names_neither_run_nor_break_it(offline_page, tmp_path, make_case):
    """pyvis runs a title as HTML once any title holds "href"; here each is text."""
    cleared = cleared_of(make_case(**circle_of(HOSTILE)))
    path = tmp_path / "hostile.html"
    title = '<img src=x onerror=alert(1)> <a href="x">'
    path.write_text(render_quick_map(cleared, title=title), encoding="utf-8")
    opened = offline_page(path)
    opened.wait_for_function("window.quickmap")
    for party in range(len(HOSTILE)):
        spot = opened.evaluate(
            "party => { const net = window.quickmap.network;"
            "const at = net.canvasToDOM(net.getPosition(party));"
            "const edge = net.body.container.getBoundingClientRect();"
            "return [at.x + edge.left, at.y + edge.top]; }",
            party,
        )
        opened.mouse.move(*spot)
        opened.wait_for_selector(".vis-tooltip", state="visible")

    assert opened.locator("img, iframe, a").count() == 0
    assert opened.locator("h1").inner_text() == title
