"""The ring map's page: one file that fetches nothing and that no name can break out of."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.view import render_network
from ringmap.view.page import script_json
from view.small_case import PEOPLE, brokers_of, circle_of, cleared_of

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    '<a href="javascript:alert(3)">',
    "=A1",
    "Nguyễn\u2028Văn",
    "]]>",
    "&lt;b&gt;",
    "{{ 7*7 }}",
    "Victim 1",
)


class Elements(HTMLParser):
    """Elements of a page in order, with the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._inside = False

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self.text.append("")
        self._inside = True

    def handle_endtag(self, tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.text[-1] += data


def elements_of(page):
    parser = Elements()
    parser.feed(page)
    return parser


def block_of(page):
    parser = elements_of(page)
    at = next(i for i, (_, told) in enumerate(parser.found) if told.get("id") == "ringmap-data")
    return json.loads(parser.text[at])


@pytest.fixture
def page(make_case):
    case = make_case()
    return render_network(cleared_of(case, brokers=brokers_of(case)), title="A <b>case</b>")


def test_same_input_gives_the_same_bytes(make_case, page):
    """No clock, no chance: two analysts hold the same file."""
    case = make_case()

    assert render_network(
        cleared_of(case, brokers=brokers_of(case)), title="A <b>case</b>"
    ) == page  # fmt: skip


def test_rows_in_another_order_give_the_same_page(make_case, page):
    """People and ties listed backwards are the same case, but for the numbers of their rows."""
    head, *rows = PEOPLE.strip().splitlines()
    case = make_case(people="\n".join([head, *rows[::-1]]) + "\n")
    turned = render_network(cleared_of(case, brokers=brokers_of(case)), title="A <b>case</b>")
    first, second = block_of(page), block_of(turned)

    for column in ("id", "x", "y", "rank", "roles", "standing"):
        assert first["parties"][column] == second["parties"][column]


def test_the_title_is_text(page):
    """A title from a file name is shown, not run."""
    parser = elements_of(page)

    assert "<title>A &lt;b&gt;case&lt;/b&gt;</title>" in page
    assert "b" not in [tag for tag, _ in parser.found]
    assert block_of(page)["title"] == "A <b>case</b>"


def test_the_page_asks_for_no_address(page):
    """Nothing that a browser would fetch: no source, no link, no import."""
    for tag, told in elements_of(page).found:
        assert "src" not in told, tag
        assert told.get("href", "data:,").startswith("data:"), tag
    assert "@import" not in page
    assert not re.search(r"url\(\s*['\"]?(?!data:)", page)


def test_only_our_own_script_and_style_may_work(page):
    """The policy names each by its hash, and allows nothing else."""
    parser = elements_of(page)
    texts = dict(zip([tag for tag, _ in parser.found], parser.text, strict=True))
    (policy,) = [
        told["content"] for _, told in parser.found
        if told.get("http-equiv") == "Content-Security-Policy"
    ]  # fmt: skip
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == _hash(texts["script"])
    assert rules["style-src"] == _hash(texts["style"])
    assert rules["img-src"] == "data: blob:"


def test_the_page_names_its_language_and_letters(make_case):
    """A screen reader speaks Vietnamese; letters are UTF-8."""
    page = render_network(cleared_of(make_case()), title="Vụ án", language="vi")

    assert page.startswith('<!doctype html>\n<html lang="vi">')
    assert '<meta charset="utf-8">' in page
    assert block_of(page)["language"] == "vi"


def test_a_reader_without_scripts_is_told_so_in_both_languages(page):
    """Not a blank page."""
    inside = page[page.index("<noscript>") : page.index("</noscript>")]

    assert "switched off" in inside
    assert "mã lệnh" in inside


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(make_case, name):
    """It is in the data as written, and nowhere else on the page."""
    page = render_network(cleared_of(make_case(**circle_of([name, "An"]))), title=name)
    parser = elements_of(page)

    assert name in block_of(page)["parties"]["label"]
    assert [tag for tag, _ in parser.found].count("script") == 2
    assert "img" not in [tag for tag, _ in parser.found]


def test_a_hostile_note_stays_a_note(make_case):
    """Everything that a record says goes the same way as names."""
    page = render_network(cleared_of(make_case(**circle_of(HOSTILE))), title="x")
    notes = [note for some in block_of(page)["ties"]["notes"] for note in some]

    assert page.count("</script>") == 2
    assert sorted(notes) == sorted(HOSTILE)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.one_of(
        st.sampled_from(HOSTILE),
        st.text(st.sampled_from("<>/!-&'\"scriptSCRIPT=\u2028\u2029\x00\r\nĐễ"), max_size=40),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    )
)
def test_no_text_ends_the_data_block(text):
    """Whatever a record holds, the browser reads back exactly that and no element more."""
    written = script_json({text: [text]})

    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {text: [text]}


def _hash(text):
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_page_opens_from_disk_and_draws(offline_page, tmp_path, page):
    """Every party and tie is on the ring, the legs on the map; no error, no request."""
    path = tmp_path / "map.html"
    path.write_text(page, encoding="utf-8")
    opened = offline_page(path)
    opened.wait_for_function("window.ringmap && window.ringmap.drawn().parties > 0")
    drawn, block = opened.evaluate("window.ringmap.drawn()"), block_of(page)

    assert drawn["parties"] == len(block["parties"]["id"])
    assert drawn["ties"] == len(block["ties"]["kind"])
    assert drawn["legs"] == len(block["legs"]["event"]) - block["unplaced"]["legs"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_names_neither_run_nor_break_the_page(offline_page, tmp_path, make_case, scheme):
    """Shown as text on the canvas, in the panel and in the title; no element comes of them."""
    cleared = cleared_of(make_case(**circle_of(HOSTILE)))
    path = tmp_path / "hostile.html"
    path.write_text(render_network(cleared, title=HOSTILE[0]), encoding="utf-8")
    opened = offline_page(path, color_scheme=scheme)
    opened.wait_for_function("window.ringmap && window.ringmap.drawn().parties > 0")
    for party in range(len(HOSTILE)):
        opened.evaluate("party => window.ringmap.select(party)", party)

    assert opened.title() == HOSTILE[0]
    assert opened.locator("img, iframe, a[href^=javascript]").count() == 0
