"""Find names in running text, however they are spelt, and put something else in their place.

What is found, and what is not, in the order of the danger:

- A recorded name of several words: whole, in any case, with or without marks, glued, with
  hyphens or spaces, given name first.
- Shorter ways to say it, where they are written with a capital: first and last word, the
  last two, the given name alone ("mẹ của Mẩy"). A recorded name of one word likewise.
- A name in a script without capitals (Chinese, Khmer, Thai …): anywhere, spaces or not.
- Numbers with any spacing, with and without country code; dates of birth however written, in
  numbers or words ("3 tháng 5 năm 2001", "3 May 2544"); the month of a birth beside a word that
  says that it is one ("sinh tháng 5/2001").

Too much scrubbing tells a secret as well: "Victim AB12 Sơn province" says that her name is
Lạng. So provinces, countries and towns, names of people and places that may be shown, and
words that are mostly no names ("An officer", "On Monday") stay, unless they are spelt with
the very marks of the name. Where a name fits several people the text says neither.

It cannot find a name that no record gives, one misspelt in its letters, or a given name
in small letters inside a sentence: in Vietnamese most are words of every day.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ringmap.disclosure.bands import age_band, birth_band
from ringmap.model import find_country, find_places, find_province, match_key
from ringmap.records import read_date

_TOKEN = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_PARTS = re.compile(r"[;,/|()\[\]\"“”«»]|\s[-–—]\s")
_CAPITALS = re.compile(r"[^\W\d_a-zà-ỹ][^\W\d_]*(?: [^\W\d_a-zà-ỹ][^\W\d_]*)*")
_GAP = re.compile(r"[\s.,\-–()/\u200b\u00a0]{0,3}\+?")
_JOINS = re.compile(r"[\s\u200b-\u200d\u2060\u00ad·・.\-]")
_DATE = re.compile(
    r"(?<!\d)(?:\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}|"
    r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2}))(?!\d)"
)
_ORDERS = (None, "month first")
_DATE_TOKEN = re.compile(r"\d+|[^\W\d]+(?:[\u0300-\u036f]+[^\W\d]*)*|[^\w\s]")
_BIRTH_BEFORE = re.compile(
    r"(?:\bsinh|\bsn|\bborn|\bbirth|\bdob|\bnacid[oa]|出生|生于|เกิด)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_ERAS = (0, 543)
_DIGIT = re.compile(r"\d")
_AGE_WORDS = re.compile(r"tuổi|year|yr|y/o|岁|歲|aged|sinh|sn|born|b\.", re.IGNORECASE)
_AGE = re.compile(
    r"(?<![\d-])(\d{1,2})(?=[ -]?(?:tuổi|years?[ -]old|yrs? old|y/o|岁|歲))"
    r"|(?<=\baged )(\d{1,2})\b(?!-)",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b((?:sinh(?: năm)?|sn|born(?: in)?|b\.)[ :]{1,2})(\d{4})(?![\d./-])", re.I)
_DAY = len("2001-05-03")
_FEWEST_DIGITS = 6
_LONGEST_PREFIX = 6  # digits that a country code and its zeros may add to a number
_MOST_GROUPS = 8
_MOST_PASSES = 5
_FEWEST_GLUED = 8
_MOST_BESIDE = 7  # words, numbers and signs of a date beside its year
_LONGEST_CODE = 12  # letters and digits of a code take turns
#: Stands where a name fits several people, or a place as well: it must not point to one.
NEUTRAL = "a withheld name"
# Words that are mostly no names where they are spelt without marks, by match key.
_COMMON_WORDS = (
    "a am an and as at be but by can cho cong do don for from go had hai han has he her him his "
    "how if in is it lay long man me mot my nam no not of on or our out own per ra she so sang "
    "son ten than that the them then they thi this to toi tu tuy up us van was we who with you "
    "girl boy child unknown victim nan nhan khong ro chua biet ten mr mrs ms miss sir"
)
# Titles and kin: before a name they are no part of it.
_TITLE_WORDS = (
    "anh bà bác ba bé bố cậu cha chị chồng chú cháu con cô cụ dì em gái mẹ mợ ông trai vợ thị "
    "văn họ mother father parents sister brother wife husband aunt uncle family daughter son of "
    "của tức alias aka victim girl boy child"
)
_ALSO_CALLED = frozenset({"tức", "alias", "aka"})
_COMMON = frozenset(_COMMON_WORDS.split())
_TITLES = frozenset(_TITLE_WORDS.split())
# Words that begin the titles of papers and sentences, and are given names as well.
_OPENING = frozenset({"thư", "nhật", "báo", "lời", "tài", "tin", "ảnh", "mai", "hoa", "thu", "công",
                      "quyết", "lệnh", "hiện", "khi", "sau", "theo"})  # fmt: skip
# Phrases of every report that hold a given name: "Công an" (police) and An.
_PHRASES = ("Công an", "An ninh", "Việt Nam")
_UNKNOWN = frozenset(
    ("unknown", "not known", "khong ro", "chua ro", "khong biet", "chua xac dinh", "n a", "none")
)
_MONTHS = frozenset({"may", "march", "april", "june", "august"})


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that must not be read, what to say instead, and whether it is a person's name."""

    text: str
    instead: str
    of_person: bool = False
    digits_only: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a name."""

    instead: str
    recorded: bool
    single: bool
    spellings: frozenset[str]


class Scrubber:
    """Replaces secrets in text, and tells ages and years of birth in it as bands.

    Parameters
    ----------
    shown
        Names of parties that may be shown, and whether they are people's. Where a secret is
        but a part of one, or the same as its given name, the name stays whole.
    births
        What to say instead of dates of birth, by ISO date; or of months, where no day is known.
    """

    def __init__(self, secrets: Iterable[Secret], shown: Iterable[tuple[str, bool]] = (),
                 births: Mapping[str, str] | None = None) -> None:  # fmt: skip
        listed = [replace(one, text=_composed(one.text).strip()) for one in secrets]
        open_names = [
            (part, person)
            for name, person in shown
            for whole in _parts(_composed(name))
            for part in (whole, *_own_names_in(whole, person))
        ]
        self._forms: dict[str, _Form] = {}
        self._runs: dict[str, str] = {}
        self._digits: dict[str, str] = {}
        self._births = dict(births or {})
        self._birth_months = {born[:7]: instead for born, instead in self._births.items()}
        self._birth_years = {
            str(int(born[:4]) + ahead) for born in self._births for ahead in _ERAS
        }  # fmt: skip
        self._literal: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        for secret in listed:
            self._learn(secret)
        for key in {_key(name) for name, person in open_names if person}:
            if key in self._forms:  # whoever bears the same name is not shown as the victim
                self._forms[key] = replace(self._forms[key], instead=NEUTRAL)
        self._learn_short(listed, {key for name, person in open_names if person
                                   for key in map(_fold, _words(name))})  # fmt: skip
        self._shown = {
            _key(name) for name, person in open_names
            if is_own_name(name, person) and not self._holds_recorded(name, person)
        }  # fmt: skip
        self._shown |= set(map(_key, _PHRASES))
        codes = [_words(one) for one in {NEUTRAL, *(secret.instead for secret in listed)}]
        self._codes = {tuple(map(_fold, words)) for words in codes}
        self._code_words = {code[0] for code in self._codes if code}
        self._starts = _prefixes((*self._forms, *self._shown))
        self._run_starts = _prefixes(self._runs)
        self.scrub = lru_cache(maxsize=200_000)(self._settled)

    def scrub_name(self, name: str, *, person: bool = False) -> str:
        """The name of a party that may be shown, without the recorded names of others."""
        return self._settled(name, short=not is_own_name(_composed(name), person))

    def _settled(self, text: str, *, short: bool = True) -> str:
        """The text scrubbed until nothing more is found.

        Where ways to say a name lie across each other ("Mẩy 1 Nguyễn Mẩy 1"), the first
        pass can leave a word of it.
        """
        for _ in range(_MOST_PASSES):
            once = self._scrub(text, short=short)
            if once == text:
                break
            text = once
        return text

    def _learn(self, secret: Secret) -> None:
        if match_key(secret.text) in _UNKNOWN:
            return
        digits = _digits(secret.text)
        if len(digits) >= _FEWEST_DIGITS and len(digits) * 2 >= len(secret.text):
            self._digits.setdefault(_national(digits), secret.instead)
        if secret.digits_only:
            return
        if not secret.text.isdigit():
            self._whole.setdefault(secret.text.casefold(), secret.instead)
        for part in dict.fromkeys((secret.text, *_parts(secret.text))):
            self._learn_part(part, secret.instead)

    def _learn_part(self, part: str, instead: str) -> None:
        for run in _caseless_runs(part):
            self._add_run(run, instead)
            cased = " ".join(word for word in _words(part) if not _is_caseless(word))
            if cased:
                self._learn_part(cased, instead)
        words = _words(part)
        if len(words) > 1 and words[0].casefold() in _ALSO_CALLED:
            self._learn_part(" ".join(words[1:]), instead)
            return
        key = _key(part)
        if len(key) < 2:
            if len(part) > 1:
                self._literal[part] = instead
            return
        if key.isdigit() or match_key(part) in _UNKNOWN:
            return
        spelling = words[0] if len(words) == 1 else part
        self._add(key, instead, spelling, words=len(words), recorded=True)
        if len(words) > 1:
            turned = _key(" ".join((words[-1], *words[:-1])))
            self._add(turned, instead, part, words=len(words), recorded=True)

    def _add_run(self, run: str, instead: str) -> None:
        forms = [run]
        if len(run) == 3 and "CJK" in unicodedata.name(run[0], ""):
            forms.append(run[1:])  # 王小美 is also called 小美
        for form in forms:
            self._runs[form] = instead if self._runs.get(form, instead) == instead else NEUTRAL

    def _add(self, key: str, instead: str, spelling: str, *, words: int, recorded: bool) -> None:
        # A code in the place of a single word would tell that word to whoever can guess the rest
        # of the sentence ("parties would … others off"); a withheld name tells less.
        if words == 1 or (recorded and (find_province(spelling) or find_country(spelling))):
            instead = NEUTRAL
        known = self._forms.get(key)
        if known is not None and known.instead != instead:
            instead = NEUTRAL
        spellings = frozenset({spelling, *(known.spellings if known else ())})
        single = words == 1 if known is None else known.single and words == 1
        recorded = recorded or (known is not None and known.recorded)
        self._forms[key] = _Form(instead, recorded, single, spellings)

    def _learn_short(self, secrets: Iterable[Secret], borne: set[str]) -> None:
        """Shorter ways to say the names of people; `borne` by people who may be shown."""
        names = [(one, words) for one in secrets if one.of_person
                 for part in _parts(one.text) if len(words := _names_in(part)) > 1]  # fmt: skip
        first: dict[str, set[str]] = {}
        for one, words in names:
            for word in words[:-1]:
                first.setdefault(_fold(word), set()).add(one.instead)
        for one, words in names:
            given, family = words[-1], words[0]
            short = [[family, given], words[-2:]] if len(words) > 2 else []
            if _fold(family) not in borne and len(first[_fold(family)]) == 1:
                short.append([family])
            for form in (*short, [given]):
                self._add_short(form, one.instead)

    def _add_short(self, words: list[str], instead: str) -> None:
        key = "".join(map(_fold, words))
        known = self._forms.get(key)
        if len(key) < 2 or key.isdigit() or (known is not None and known.recorded):
            if known is not None and known.instead != instead and known.single:
                self._add(key, instead, words[0], words=1, recorded=True)
            return
        if len(words) == 1 and words[0].casefold() in _TITLES:
            return
        self._add(key, instead, " ".join(words), words=len(words), recorded=False)

    def _holds_recorded(self, name: str, person: bool) -> bool:
        """Whether a name that may be shown is, or holds, a recorded name that may not.

        Of people a given name may be the same: "Nguyễn Thị Lan" stays beside a victim "Lan".
        """
        keys = [_fold(word) for word in _words(name)]
        for start in range(len(keys)):
            for end in range(start + 1, len(keys) + 1):
                form = self._forms.get("".join(keys[start:end]))
                whole = end - start == len(keys)
                if form and form.recorded and (whole or not (person and form.single)):
                    return True
        return False

    def _scrub(self, text: str, *, short: bool = True) -> str:
        composed = _composed(text)
        instead = self._whole.get(composed.strip().casefold())
        if instead is not None:
            form = self._forms.get(_key(composed))
            return form.instead if form and form.recorded and not form.single else instead
        clean = composed
        for secret, instead in self._literal.items():
            clean = clean.replace(secret, instead)
        if _DIGIT.search(clean):
            clean = self._scrub_numbers(clean)
        if self._runs and not clean.isascii():
            clean = _replaced(clean, self._names_in_runs(clean))
        clean = _replaced(clean, self._names(clean, short=short))
        return text if clean == composed else clean

    def _scrub_numbers(self, text: str) -> str:
        if self._births:
            text = _DATE.sub(self._birth, text)
            text = _replaced(text, self._worded_births(text))
        if self._digits:
            text = _replaced(text, self._numbers(text))
        if not self._whole or not _AGE_WORDS.search(text):
            return text
        text = _AGE.sub(lambda match: age_band(float(match[1] or match[2])), text)
        return _BORN.sub(lambda match: match[1] + birth_band(match[2]), text)

    def _birth(self, match: re.Match[str]) -> str:
        written = _ascii_dates(match[0])
        days = (read_date(written, order=order).date or "" for order in _ORDERS)
        return next((self._births[day] for day in days if len(day) == _DAY and day in self._births),
                    match[0])  # fmt: skip

    def _worded_births(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Dates of birth with a month in words, or a month of birth, around the year of one."""
        tokens = [(m.start(), m.end(), _ascii_dates(m[0])) for m in _DATE_TOKEN.finditer(text)]
        done = 0
        for at, (_, _, word) in enumerate(tokens):
            if word not in self._birth_years:
                continue
            firsts = range(max(at - _MOST_BESIDE, done), at)
            lasts = range(min(at + _MOST_BESIDE, len(tokens) - 1), at, -1)
            for first, last in (*((one, at) for one in firsts), *((at, one) for one in lasts)):
                instead = self._birth_in(text, tokens[first][0], tokens[last][1])
                if instead is not None:
                    yield tokens[first][0], tokens[last][1], instead
                    done = last + 1
                    break

    def _birth_in(self, text: str, start: int, end: int) -> str | None:
        """What to say instead of a stretch of text that is a date of birth, and nothing else."""
        if not (text[start].isalnum() and text[end - 1].isalnum()):
            return None
        date = read_date(text[start:end]).date or ""
        if len(date) == _DAY:
            return self._births.get(date)
        is_birth = date in self._birth_months and _BIRTH_BEFORE.search(text[:start])
        return self._birth_months[date] if is_birth else None

    def _numbers(self, text: str) -> Iterator[tuple[int, int, str]]:
        groups = [(m.start(), m.end(), _ascii_digits(m[0])) for m in re.finditer(r"\d+", text)]
        at = 0
        while at < len(groups):
            found = self._number_from(text, groups, at)
            if found is None:
                at += 1
                continue
            last, instead = found
            yield groups[at][0] - (text[groups[at][0] - 1 : groups[at][0]] == "+"), \
                groups[last][1], instead  # fmt: skip
            at = last + 1

    def _number_from(self, text: str, groups: list[tuple[int, int, str]],
                     at: int) -> tuple[int, str] | None:  # fmt: skip
        digits = ""
        for last in range(at, min(at + _MOST_GROUPS, len(groups))):
            if last > at and not _GAP.fullmatch(text, groups[last - 1][1], groups[last][0]):
                return None
            digits += groups[last][2]
            national = _national(digits)
            if len(digits) >= _FEWEST_DIGITS and national in self._digits:
                # "2019 0912345678" is a year and a number, not a longer number.
                shorter = "".join(group[2] for group in groups[at + 1 : last + 1])
                whole = len(digits) <= len(national) + _LONGEST_PREFIX
                if whole and _national(shorter) != national:
                    return last, self._digits[national]
                return None
        return None

    def _names_in_runs(self, text: str) -> Iterator[tuple[int, int, str]]:
        at = 0
        while at < len(text):
            found = self._run_from(text, at) if text[at] in self._run_starts else None
            if found is None:
                at += 1
            else:
                yield at, found[0], found[1]
                at = found[0]

    def _run_from(self, text: str, at: int) -> tuple[int, str] | None:
        run, found = "", None
        for place in range(at, len(text)):
            if _JOINS.match(text[place]):
                continue
            run += text[place]
            if run not in self._run_starts:
                break
            if run in self._runs:
                found = (place + 1, self._runs[run])
        return found

    def _names(self, text: str, *, short: bool) -> Iterator[tuple[int, int, str]]:
        keys = [_fold(word) for word in _TOKEN.findall(text)]
        starts = [place for place, key in enumerate(keys) if key in self._starts]
        if not starts:
            return
        tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
        small = text == text.lower()
        done = 0
        coded = self._coded(keys)
        for at in starts:
            if at < done or at in coded:
                continue
            end = next((place for place in sorted(coded) if place > at), len(keys))
            length, instead = self._match(text, tokens, keys[:end], at, small=small, short=short)
            if instead is not None:
                yield tokens[at][0], tokens[at + length - 1][1], instead
            done = at + max(length, 1)

    def _coded(self, keys: list[str]) -> set[int]:
        """Places of words that stand for a name already."""
        coded: set[int] = set()
        for at, key in enumerate(keys):
            if key in self._code_words and at not in coded:
                longest = min(_LONGEST_CODE, len(keys) - at)
                lengths = [
                    n for n in range(longest, 0, -1) if tuple(keys[at : at + n]) in self._codes
                ]
                coded.update(range(at, at + lengths[0]) if lengths else ())
        return coded

    def _match(self, text: str, tokens: list[tuple[int, int, str]], keys: list[str], at: int, *,
               small: bool, short: bool) -> tuple[int, str | None]:  # fmt: skip
        key, length, instead = "", 0, None
        for last in range(at, len(keys)):
            key += keys[last]
            if key not in self._starts:
                break
            form = self._forms.get(key)
            if form is not None and not self._is_meant(
                form, text, tokens, keys, at, last, small=small, short=short
            ):
                form = None
            if key in self._shown and (form is None or (not form.recorded and last > at)):
                length, instead = last - at + 1, None
            elif form is not None:
                length, instead = last - at + 1, form.instead
        return length, instead

    def _is_meant(self, form: _Form, text: str, tokens: list[tuple[int, int, str]],
                  keys: list[str], at: int, last: int, *, small: bool,
                  short: bool) -> bool:  # fmt: skip
        """Whether words that fit a way to write a name are meant as the name."""
        if not form.recorded and not short:
            return False
        written = text[tokens[at][0] : tokens[last][1]]
        glued = last == at and sum(map(len, keys[at : last + 1])) < _FEWEST_GLUED
        if form.recorded and not form.single and not glued:
            return True
        if written not in form.spellings and not written[0].isupper():
            return small and len(keys[at]) > 2 and keys[at] not in _COMMON | _MONTHS
        if form.single and keys[at] in _COMMON and not _same_marks(written, form.spellings):
            return False
        common = keys[at] in _COMMON and text.isascii()
        if (common or (written.casefold() in _OPENING and last + 1 < len(tokens)
                       and tokens[last + 1][2].islower())) and _starts_sentence(
            text, tokens[at][0]
        ):  # fmt: skip
            return False
        if keys[at] in _MONTHS and _beside_number(text, tokens[at][0], tokens[last][1]):
            return False
        return not _in_place_name(text, tokens, at, last)


def bare_number(text: str) -> str:
    """A number without spacing, country code and leading zeros; empty when it is short."""
    digits = _digits(text)
    return _national(digits) if len(digits) >= _FEWEST_DIGITS else ""


def is_own_name(name: str, person: bool) -> bool:
    """False for what is called after somebody: "mẹ của Mẩy", "nhà Mẩy".

    A person's own name is words that begin with a capital, the first no title.
    """
    words = _words(name)
    if person:
        return (
            bool(words)
            and words[0].casefold() not in _TITLES
            and all(word[0].isupper() or word.isdigit() or _is_caseless(word) for word in words)
        )
    small = [word.casefold() for word in words]
    return not _TITLES.intersection(small) and not re.search(r"\b[Nn]hà [^\W\d_a-zà-ỹ]", name)


def _in_place_name(text: str, tokens: list[tuple[int, int, str]], at: int, last: int) -> bool:
    """True when the words are part of the longer name of a province, a country or a town."""

    def joins(place: int) -> bool:
        """Whether a token and the next are capitalised words side by side."""
        return (
            text[tokens[place][1] : tokens[place + 1][0]] in (" ", "-")
            and tokens[place][2][0].isupper()
            and tokens[place + 1][2][0].isupper()
        )

    first, end = at, last
    while first > max(0, at - 2) and joins(first - 1):
        first -= 1
    while end < min(len(tokens) - 1, last + 2) and joins(end):
        end += 1
    return any(
        (start, stop) != (at, last) and _is_place(text[tokens[start][0] : tokens[stop][1]])
        for start in range(first, at + 1)
        for stop in range(last, end + 1)
    )


@lru_cache(maxsize=100_000)
def _is_place(text: str) -> bool:
    if text.split()[0].casefold() in ("bản", "ban", "xã", "xa", "quan", "thôn"):
        return False
    return bool(find_province(text) or find_country(text) or find_places(text))


def _same_marks(written: str, spellings: frozenset[str]) -> bool:
    return written.casefold() in {one.casefold() for one in spellings}


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'([")
    return not before or before[-1] in ".!?:;\n"


def _beside_number(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"\d(?:st|nd|rd|th)?[ ,]{1,2}$", text[:start])) or bool(
        re.match(r"[ ,.]{1,2}\d", text[end:])
    )


def _replaced(text: str, found: Iterable[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, end, instead in found:
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _prefixes(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key[:length] for key in keys for length in range(1, len(key) + 1))


def _composed(text: str) -> str:
    # Icelandic eth is a common slip for the Vietnamese letter.
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")


@lru_cache(maxsize=200_000)
def _fold(word: str) -> str:
    return match_key(word).replace(" ", "")


def _key(text: str) -> str:
    """A name in one piece, so that spaces and hyphens do not matter."""
    return "".join(map(_fold, _words(text)))


def _words(text: str) -> list[str]:
    return [m[0] for m in _TOKEN.finditer(text)]


def _names_in(part: str) -> list[str]:
    """Words of a name from its first capital on, without titles before it."""
    words = [word for word in _words(part) if not _is_caseless(word)]
    while words and (words[0].casefold() in _TITLES - {"thị", "văn"} or words[0].islower()):
        words = words[1:]
    return [word for word in words if not word.isdigit()]


def _own_names_in(text: str, person: bool) -> list[str]:
    """Names within what a person is called: of "captain Lê Hùng" the last two words."""
    if not person or _TITLES.intersection(text.casefold().split()):
        return []
    return [one for one in _CAPITALS.findall(text) if " " in one and one != text]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _is_caseless(word: str) -> bool:
    return any(sign.isalpha() and sign.lower() == sign.upper() for sign in word)


def _caseless_runs(text: str) -> list[str]:
    """Pieces in scripts without capitals, spaces inside them dropped."""
    runs, run = [], ""
    for sign in text:
        if unicodedata.category(sign)[0] in "LM" and _is_caseless_sign(sign):
            run += sign
        elif not (run and _JOINS.match(sign)):
            runs.append(run)
            run = ""
    return [one for one in (*runs, run) if len(one) > 1]


def _is_caseless_sign(sign: str) -> bool:
    return sign.lower() == sign.upper() and not "\u0300" <= sign <= "\u036f"


def _digits(text: str) -> str:
    return _ascii_digits("".join(sign for sign in text if sign.isdigit()))


def _ascii_dates(text: str) -> str:
    """A date with the digits 0 to 9, whatever digits it is written in."""
    return re.sub(r"\d", lambda match: _ascii_digits(match[0]), text)


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign, 0)) for sign in text)


def _national(digits: str) -> str:
    """The last nine digits: the same with a country code and with a leading 0."""
    return digits.lstrip("0")[-9:]
