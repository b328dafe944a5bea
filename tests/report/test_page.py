"""The HTML report: one offline page whose every number leads to its records."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from report.rings_for_report import FOLDER, cleared_ring, empty_clearance
from ringmap.errors import DisclosureError, OutputError
from ringmap.report import render_report
from ringmap.report.markup import element

VOID = {"meta", "br", "wbr", "hr"}


class Page(HTMLParser):
    """What a browser would see: elements, ids, links, texts; tags must nest."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.texts = [], [], [], [], []
        self.attributes = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        told = dict(attrs)
        self.attributes += [name for name, _ in attrs]
        if "id" in told:
            self.ids.append(told["id"])
        if "href" in told:
            self.links.append(told["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    """The small ring under the default policy."""
    return cleared_ring(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def page(cleared):
    """Its English report."""
    return render_report(cleared, title="Nguyễn & <b>")


def test_the_page_fetches_nothing_and_runs_nothing(page):
    """No script, no handler, no address, and a policy that would forbid them."""
    seen = Page(page)

    assert not {"script", "iframe", "img", "link", "object"} & set(seen.tags)
    assert not [name for name in seen.attributes if name.startswith("on") or name == "style"]
    assert "http://" not in page
    assert "https://" not in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page.replace("&#x27;", "'")
    assert "@import" not in style
    assert not re.search(r"url\((?!#)", style)


def test_every_link_has_its_anchor(page):
    """Numbers in brackets and the contents lead somewhere, and each anchor is one place."""
    seen = Page(page)

    assert all(link.startswith("#") for link in seen.links)
    assert {link[1:] for link in seen.links} <= set(seen.ids)
    assert len(seen.ids) == len(set(seen.ids))
    numbers = [int(one[1:]) for one in seen.ids if re.fullmatch(r"e\d+", one)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 5


def test_names_are_text_and_never_markup(page):
    """A name that is a script shows as its letters."""
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<title>Nguyễn &amp; &lt;b&gt;</title>" in page
    assert "王 &amp; Co" in page


def test_numbers_are_those_of_the_findings(cleared, page):
    """Betweenness, ties and counts by year as the analysis gave them."""
    text = Page(page).text
    brokers = cleared.findings["brokers"].set_index("party")
    # P2 joins P1 (and P3 behind it) to P4, P5 and P6.
    assert brokers["betweenness"].idxmax() == "P2"
    for number in (brokers["betweenness"]["P2"], brokers["betweenness"]["P5"]):
        assert f" {number:.1f} " in text
    assert brokers["because"]["P2"] in text
    assert str(cleared.findings["crossings"].because)[1:] in text
    for row in cleared.findings["counts"].itertuples():
        assert f"{row.year} {row.cases} {row.offenders} {row.victims}" in text
    assert "7 people" in text
    assert "2 cases" in text


def test_evidence_is_told_in_full(page):
    """Document, page, agency, date, grade in words, handling, file and row."""
    text = Page(page).text

    assert "Judgment, p. 4 S1 Court, 2020-01 A2 Completely reliable; Probably true" in text
    assert "May be shared ties.csv, row 1" in text
    assert "Informant S2 Police, 2019-06 D4" in text


def test_contradictions_show_every_version(page):
    """Two birth years, two strengths of one tie, two dates of one crossing."""
    text = Page(page).text
    part = text[text.index("Every version stays") : text.index("Weak: no record")]

    for version in ("1980", "1981", "2019-03-01", "2019-03-04", " 3 ", " 5 "):
        assert version in part
    assert "3 contradictions between records" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("about March 2019", "between 4 April 2019 and 9 April 2019", "Court, about 2020")),
        ("vi", ("khoảng tháng 3 năm 2019", "từ ngày 4 tháng 4 năm 2019 đến ngày 9",
                "Court, khoảng năm 2020")),
    ],
)  # fmt: skip
def test_vague_dates_are_told_in_words(language, words, tmp_path):
    """Dates of crossings, versions of them, and when a document came; none in its notation."""
    cleared = cleared_ring(
        tmp_path,
        legs=FOLDER["legs.csv"].replace("2019-03-01", "2019-03~").replace(
            "2019-03-04", "2019-04-04/2019-04-09"),
        sources=FOLDER["sources.csv"].replace("2020-01", "2020~"),
    )  # fmt: skip
    text = Page(render_report(cleared, title="T", language=language)).text

    assert [one for one in words if one not in text] == []
    assert re.findall(r"[0-9]~|[0-9]/[0-9]{4}", text) == []


def test_weak_ties_say_why(page):
    """An informant alone, an ungraded list alone, a single judgment; not what two support."""
    text = Page(page).text
    part = text[text.index("Weak: no record") : text.index("What the measures mean", 2000)]

    assert "low grade only: D4" in part
    assert "not graded" in part
    assert "a single record (A2)" in part
    assert "met" not in part.lower().split()


def test_victims_are_under_pseudonyms_and_the_page_says_so(cleared, page):
    """Neither name nor id of the victim is in any byte."""
    assert "Hoa" not in page
    assert "P3" not in page
    assert "Victims are shown under pseudonyms (1 people protected)" in Page(page).text


def test_a_page_that_names_victims_says_so_loudly(tmp_path):
    """The banner changes its words and its look."""
    page = render_report(cleared_ring(tmp_path, show_victims=True), title="T")

    assert "Lê Thị Hoa" in page
    assert "THIS REPORT NAMES VICTIMS (1 people)" in page
    assert 'class="banner unveiled"' in page


def test_caveats_stand_before_the_ranking(page):
    """Whoever reads the ranking has passed them, and one is beside it."""
    assert page.index("One person has no country.") < page.index('id="brokers"')
    after = page[page.index('id="brokers"') :]
    assert "A rank is a place in these records, not a degree of guilt" in after


def test_the_vietnamese_page_has_no_english_words(cleared):
    """Every heading, label and sentence of ours is Vietnamese; records keep their own words."""
    page = render_report(cleared, title="Đường dây A", language="vi")
    text = re.sub(r"\w+\.csv", "", Page(page).text.lower())

    assert '<html lang="vi">' in page
    assert "Một người không ghi nước." in page
    for word in ("evidence", "broker", "rank", "ring ", "ties", "stability", "country", "not ",
                 "people", "weak", "year", "record", "unknown", "between", "stands", "page ",
                 "row ", "suspected", "case ", "with", "and more"):  # fmt: skip
        assert word not in text, word


def test_the_same_records_give_the_same_page(cleared, page):
    """No clock, no chance."""
    assert render_report(cleared, title="Nguyễn & <b>") == page


@pytest.mark.parametrize(("verdict", "said"), [("broker", "1 người"), ("no ties", "không ai")])
def test_who_is_a_broker_comes_from_the_verdict_of_the_row(tmp_path, verdict, said):
    """Not from how a sentence begins: here the one of P2 says the same each time."""
    cleared = cleared_ring(tmp_path)
    table = cleared.findings["brokers"]
    table["verdict"] = [verdict if party == "P2" else "no ties" for party in table["party"]]
    text = render_report(cleared, title="Đường dây A", language="vi")

    assert table.set_index("party").loc["P2", "because"].startswith("broker:")
    assert said in text
    english = render_report(cleared, title="Ring A")
    assert ("Brokers by the rule: " in english) == (verdict == "broker")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_empty_case_file_still_makes_a_page(language):
    """Every section says that there is nothing."""
    seen = Page(render_report(empty_clearance(), title="Empty", language=language))

    assert seen.tags.count("section") == 12


def test_another_language_is_refused(cleared):
    """It says which there are."""
    with pytest.raises(OutputError, match="en or vi"):
        render_report(cleared, title="T", language="fr")


def test_nothing_uncleared_is_reported(cleared):
    """A graph is no cleared value."""
    with pytest.raises(DisclosureError, match="cleared"):
        render_report(cleared.graphs["whole"], title="T")


@given(
    text=some.one_of(some.sampled_from(["<b>", "]]>", "\x00", "\ud800", '" onload="']), some.text())
)
def test_any_text_stays_text(text):
    """As content or as an attribute; control characters and broken letters are replaced."""
    made = element("p", text, title=text)

    seen = Page(made)
    assert seen.tags == ["p"]
    assert seen.attributes == ["title"]
    made.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", made)
