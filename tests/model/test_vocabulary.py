"""The words of case records: every code is complete, and every synonym leads somewhere."""

import csv
from importlib.resources import files

import pytest

from ringmap.model import find_codes, label, load_words, match_key

LISTS = sorted(
    file.name.removesuffix(".yaml")
    for file in files("ringmap.model").joinpath("vocabulary").iterdir()
    if file.name.endswith(".yaml")
)
#: What the working lists of the project promise (`load_words` gives them in the file's order).
PROMISED = {
    "role": "organiser recruiter online_deceiver marriage_broker transporter border_guide "
    "harbourer guard document_forger buyer exploiter financier impersonator corrupt_official "
    "selling_relative intermediary accomplice victim witness relative reporter other",
    "standing": "mentioned suspected wanted detained charged convicted acquitted possible_victim "
    "identified_victim not_a_victim",
    "stage": "recruitment transport crossing harbouring exploitation finance return",
    "reliability": "A B C D E F",
    "credibility": "1 2 3 4 5 6",
    "sex": "female male other",
}


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_label_in_both_languages(name):
    """No code is ever shown where a word should stand."""
    for code, word in load_words(name).items():
        assert word.labels.get("en", "").strip(), code
        assert word.labels.get("vi", "").strip(), code


@pytest.mark.parametrize("name", LISTS)
def test_every_word_leads_back_to_its_code(name):
    """Code, labels, HTCDS values and synonyms, with marks or without."""
    for code, word in load_words(name).items():
        assert find_codes(name, code) == (code,)
        for written in (*word.labels.values(), *word.htcds, *word.synonyms):
            if match_key(written) not in map(match_key, load_words(name)):
                assert code in find_codes(name, written), written


@pytest.mark.parametrize("name", PROMISED)
def test_promised_codes_are_there(name):
    """Case folders that were written to the specification keep their meaning."""
    assert set(PROMISED[name].split()) <= set(load_words(name))


def test_every_event_makes_a_tie_that_exists():
    """An event that names mover and moved implies a tie between them."""
    ties = load_words("tie")

    assert {word.says["tie"] for word in load_words("event").values()} - {None} <= set(ties)
    assert {word.says["direction"] for word in ties.values()} == {
        "directed", "undirected", "unknown"
    }  # fmt: skip


def test_every_role_has_a_side():
    """Whether a person is shown by name hangs on it."""
    assert {word.says["side"] for word in load_words("role").values()} == {
        "offender", "victim", "other"
    }  # fmt: skip


def test_a_word_of_two_roles_means_both():
    """Victim-turned-recruiter."""
    assert set(find_codes("role", "Victim-turned-recruiter")) == {"victim", "recruiter"}


def test_a_word_of_no_list_means_nothing():
    """And a code that is not in a list is its own label."""
    assert find_codes("role", "astronaut") == ()
    assert label("role", "astronaut") == "astronaut"
    assert label("role", "victim", "vi") == "Nạn nhân"


#: What clerks write for acts, as a part, a tie, an event and a stage; "" where it is none.
ACTS = {
    "vận chuyển": ("transporter", "transported", "transported", "transport"),
    "tuyển người": ("recruiter", "recruited", "recruited", "recruitment"),
    "chứa chấp": ("harbourer", "harboured", "harboured", "harbouring"),
    "môi giới": ("intermediary", "introduced", "", ""),
    "dẫn đường": ("border_guide", "guided", "crossed_border", "crossing"),
    "đưa qua biên giới": ("border_guide", "guided", "crossed_border", "crossing"),
    "canh giữ": ("guard", "guarded", "guarded", "harbouring"),
    "tiếp nhận": ("buyer", "bought", "handed_over", "exploitation"),
    "chuyển giao người": ("intermediary", "sold_to", "sold", ""),
    "ép bán dâm": ("exploiter", "exploited", "exploited", "exploitation"),
}


@pytest.mark.parametrize("word", ACTS)
def test_acts_are_understood_with_marks_and_without(word):
    """Whatever the case of the letters."""
    wanted = tuple((code,) if code else () for code in ACTS[word])
    bare = match_key(word)

    for written in (word, bare, word.upper(), bare.capitalize()):
        found = tuple(find_codes(name, written) for name in ("role", "tie", "event", "stage"))
        assert found == wanted, written


def test_a_marked_syllable_is_that_word_alone():
    """bạn, a friend; bán, to sell; ban may be either. cò, a tout; cô, an aunt, is no role."""
    assert find_codes("tie", "bạn") == ("friend_of",)
    assert find_codes("tie", "Bán") == ("sold",)
    assert find_codes("tie", "ban") == ("sold", "friend_of")
    assert find_codes("role", "cò") == find_codes("role", "co") == ("intermediary",)
    assert find_codes("role", "cô") == find_codes("role", "bạn") == ()


def test_a_wrong_mark_in_a_longer_word_is_forgiven():
    """And where the tone stands does not matter."""
    assert find_codes("role", "vân chuyển") == ("transporter",)
    assert find_codes("place", "cua khẩu") == find_codes("place", "cửa khẩu") != ()


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("Subscriber", "owns"), ("Account Holder", "owns"), ("Registered Keeper", "owns"),
        ("Access To", "uses"), ("Employs", "employs"), ("Works At", "works_for"),
        ("Employee", "works_for"), ("Member Of", "member_of"), ("Director", "directs"),
        ("Associate", "tie"), ("Brother", "kin_of"), ("Tenant", "lived_at"),
        ("Transaction", "paid"), ("Text Message", "messaged"), ("Calls", "called"),
    ],
)  # fmt: skip
def test_common_links_of_charts_are_understood(link, kind):
    """As i2 and its users name them."""
    assert find_codes("tie", link) == (kind,)


def test_values_of_htcds_exist_in_its_field_list(shared_data):
    """Every value that we claim to be HTCDS's stands in its pick lists."""
    with (shared_data / "htcds" / "htcds_2.0_fields.csv").open(encoding="utf-8-sig") as file:
        known = {match_key(cell) for row in csv.reader(file) for cell in _values(row)}
    claimed = {
        value for name in LISTS for word in load_words(name).values() for value in word.htcds
    }

    assert claimed
    assert {value for value in claimed if match_key(value) not in known} == set()


def _values(row):
    """Each cell, and each line or comma-separated part of it."""
    for cell in row:
        yield cell
        for line in cell.splitlines():
            yield line
            yield from (part.strip() for part in line.replace(";", ",").split(","))
