"""In what encoding bytes were written: by mark, by form, by evidence, or as asked for."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from ringmap.errors import ReadingError, RecordsError
from ringmap.records import spelling
from ringmap.records.legacy_codecs import LEGACY, decode_legacy
from ringmap.records.spelling import Language, Weight, weigh

#: Every encoding that may be asked for, with the other names it goes by. "utf-16" and
#: "utf-32" take the order of bytes from the mark, or from the bytes where there is none.
ENCODINGS: dict[str, tuple[str, ...]] = {
    "utf-8": ("utf8", "utf-8-sig", "utf8-bom", "ascii", "us-ascii", "unicode"),
    "utf-16": ("utf16", "ucs-2"),
    "utf-16-le": ("utf-16le", "utf16le"),
    "utf-16-be": ("utf-16be", "utf16be"),
    "utf-32": ("utf32", "ucs-4"),
    "utf-32-le": ("utf-32le", "utf32le"),
    "utf-32-be": ("utf-32be", "utf32be"),
    "cp1258": ("windows-1258", "1258"),
    "tcvn3": ("abc", "tcvn", "tcvn-3", "tcvn5712", "tcvn-5712", "vn3", ".vntime"),
    "vni": ("vni-windows", "vni-win"),
    "viscii": ("rfc1456", "viscii1.1"),
    "tis-620": ("tis620", "iso-8859-11", "iso8859-11"),
    "cp874": ("windows-874", "874"),
    "gb18030": ("gb-18030", "gbk", "gb2312", "cp936", "936"),
    "cp1250": ("windows-1250", "1250"),
    "cp1251": ("windows-1251", "1251"),
    "cp1252": ("windows-1252", "1252", "latin1", "latin-1", "iso-8859-1", "iso8859-1", "ansi"),
    "cp1253": ("windows-1253", "1253"),
    "cp1254": ("windows-1254", "1254"),
    "cp1255": ("windows-1255", "1255"),
    "cp1256": ("windows-1256", "1256"),
    "cp1257": ("windows-1257", "1257"),
    "koi8-r": ("koi8r", "koi-8"),
}

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_NAMES = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16 (little-endian)", "utf-16-be": "UTF-16 (big-endian)",
    "utf-32-le": "UTF-32 (little-endian)", "utf-32-be": "UTF-32 (big-endian)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, and how sure it is that the bytes were meant so.

    `text` has no byte-order mark. `encoding` is one of `ENCODINGS`. `sure` is True for text
    with a mark, for valid UTF-8, and for an encoding asked for by name, unless the bytes are
    UTF-8 as well; else `evidence` says in words why this encoding was taken. `others` are
    encodings that explain the bytes nearly as well and would read other letters; those that
    would read the same letters do not count.
    """

    text: str
    encoding: str
    sure: bool
    evidence: str = ""
    others: tuple[str, ...] = ()


class UndecodableError(RecordsError):
    """Raised when bytes are no text in an encoding.

    `offset` counts bytes of the file from 0, its mark among them; `line` counts from 1, and
    `column` counts the characters of that line from 1, without a mark. `byte` is the byte
    there: the first that cannot be read, or the first of a sign that is cut off.
    """

    def __init__(
        self, encoding: str, offset: int, line: int, column: int, byte: int, reason: str
    ) -> None:
        self.encoding = encoding
        self.offset = offset
        self.line = line
        self.column = column
        self.byte = byte
        self.reason = reason
        super().__init__(
            reason,
            hint="save the file as UTF-8 (in Excel: 'CSV UTF-8'), or name the encoding it is in",
        )


class UnknownEncodingError(ReadingError):
    """Raised when an encoding is asked for that is not read."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        super().__init__(
            f"no encoding {asked!r} is known", hint=f"use one of {', '.join(ENCODINGS)}"
        )


def decode(data: bytes, *, asked: str | None = None) -> Decoded:
    """The text of a file's bytes, all of it or none.

    In this order: a mark; the zero bytes of UTF-16 and UTF-32; valid UTF-8; text that is
    UTF-8 but for some broken bytes is refused as such; what remains is read in the encoding
    in which its words are most likely, judged on a sample of at most some 260 kB. Decoding
    itself is strict on every byte.

    Parameters
    ----------
    asked
        Name of an encoding that is then used and no other, unless the file has the mark of
        UTF-8 and another is asked for: that is refused.

    Raises
    ------
    UndecodableError
        At the first byte that is no text.
    UnknownEncodingError
        If `asked` is no name of an encoding.
    """
    if asked is not None:
        return _decode_as_asked(data, canonical_name(asked))
    encoding, mark = _find_mark(data)
    if encoding:
        return Decoded(_decode_all(data, encoding, mark), encoding, sure=True)
    wide = _find_wide(data)
    if wide:
        why = f"read as {_NAMES[wide]} without a mark: its bytes stand in that order"
        return Decoded(_decode_all(data, wide, 0), wide, sure=False, evidence=why)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", sure=True)
    except UnicodeDecodeError as error:
        return _decode_by_evidence(data, error)


def plain_utf_8(data: bytes) -> bytes | None:
    """The bytes without a mark where `decode` would take them for valid UTF-8; else None."""
    encoding, mark = _find_mark(data)
    if encoding not in ("", "utf-8") or (not encoding and _find_wide(data)):
        return None
    ends = np.array([mark, len(data)], dtype=np.int64)
    text = pa.LargeStringArray.from_buffers(1, pa.py_buffer(ends), pa.py_buffer(data))
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return None
    return data[mark:]


def canonical_name(asked: str) -> str:
    """The name in `ENCODINGS` of an encoding asked for in any spelling; raises if there is none."""
    name = _names().get(asked.strip().lower().replace("_", "-"))
    if name is None:
        raise UnknownEncodingError(asked)
    return name


@cache
def _names() -> dict[str, str]:
    aliases = {alias: name for name, others in ENCODINGS.items() for alias in others}
    return aliases | {name: name for name in ENCODINGS}


def _find_mark(data: bytes) -> tuple[str, int]:
    found = ((encoding, len(mark)) for mark, encoding in _MARKS if data.startswith(mark))
    return next(found, ("", 0))


def _decode_as_asked(data: bytes, asked: str) -> Decoded:
    marked, length = _find_mark(data)
    if marked == "utf-8" and _REFUSED_ROWS in data[:_HEAD]:
        asked = marked
    if marked == "utf-8" and asked != "utf-8":
        reason = f"the file begins with the mark of UTF-8, while {asked} is asked for"
        raise UndecodableError(asked, 0, 1, 1, data[0], reason)
    encoding = _with_byte_order(data, asked, marked)
    text = _decode_all(data, encoding, length if marked == encoding else 0)
    if encoding not in _NAMES and not data.isascii() and _is_utf_8(data, whole=True):
        why = f"read as {encoding.upper()}, as asked for, though its bytes are UTF-8 throughout"
        return Decoded(text, encoding, sure=False, evidence=why)
    return Decoded(text, encoding, sure=True)


def _with_byte_order(data: bytes, asked: str, marked: str) -> str:
    if asked not in ("utf-16", "utf-32"):
        return asked
    found = marked or _find_wide(data) or ""
    return found if found.startswith(asked) else f"{asked}-le"


def _decode_all(data: bytes, encoding: str, mark: int) -> str:
    try:
        return _decode_part(memoryview(data)[mark:] if mark else data, encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, encoding, mark, error.start + mark, error.reason) from None


def _decode_part(data: bytes | memoryview, encoding: str) -> str:
    if encoding in LEGACY:
        return decode_legacy(bytes(data), encoding)
    if encoding == "tis-620":
        return _decode_tis_620(bytes(data))
    return codecs.decode(data, encoding)


def _decode_tis_620(data: bytes) -> str:
    """Strictly the standard; Python's codec takes the bytes before its signs for controls."""
    other = _NOT_TIS_620.search(data)
    if other:
        raise UnicodeDecodeError("tis-620", data, other.start(), other.end(), "no such sign")
    return data.decode("cp874")


_NOT_TIS_620 = re.compile(rb"[\x80-\xa0\xdb-\xde\xfc-\xff]")


def _undecodable(data: bytes, encoding: str, mark: int, offset: int, why: str) -> UndecodableError:
    before = data[mark:offset]
    if encoding.startswith(("utf-16", "utf-32")):
        before = _decode_part(before, encoding).encode("utf-8")
        column = len(_last_line(before).decode("utf-8")) + 1
    else:
        column = len(_decode_part(_last_line(before), encoding)) + 1
    line = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
    reason = (
        f"not {_NAMES.get(encoding, encoding.upper())} text: byte 0x{data[offset]:02X} "
        f"at offset {offset}, line {line}, position {column} ({why})"
    )
    return UndecodableError(encoding, offset, line, column, data[offset], reason)


def _last_line(data: bytes) -> bytes:
    return data[max(data.rfind(b"\n"), data.rfind(b"\r")) + 1 :]


_HEAD = 8_192
#: A heading of what ringmap writes of refused rows, in UTF-8 whatever their file was in.
_REFUSED_ROWS = b"ringmap_row"
_CONTROLS = bytes((*range(9), 11, *range(14, 32)))
_MANY_CONTROLS = 0.1
_PLAUSIBLE_SHARE = 0.7
_PLAUSIBLE = re.compile(
    "[\t\r\n -~\u00a0-\u024f\u0300-\u036f\u0370-\u052f\u0590-\u06ff\u0e01-\u0edf"
    "\u1000-\u109f\u1780-\u17f9\u1e00-\u1eff\u200b-\u2026\u3000-\u30ff\uff01-\uff5e]"
)


def _find_wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 in which the bytes make plausible text; None when they make none.

    Only bytes with many controls or zeros among them are looked at: text of one byte a sign
    has next to none, while every line's end has one here.
    """
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if not controls:
        return None
    if controls < _MANY_CONTROLS * len(head) and _is_utf_8(head):
        return None
    for width, encodings in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        shares = {name: _plausible_share(head, name, width) for name in encodings}
        best = max(encodings, key=lambda name: shares[name])
        if shares[best] >= _PLAUSIBLE_SHARE:
            return best
    return None


def _is_utf_8(data: bytes, *, whole: bool = False) -> bool:
    """True for text in UTF-8; unless it is whole, its last sign may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, whole)
    except UnicodeDecodeError:
        return False
    return True


def _plausible_share(head: bytes, encoding: str, width: int) -> float:
    """The share of signs that belong to text, each that belongs to none counted against it."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head[: len(head) // width * width])
    except UnicodeDecodeError:
        return 0.0
    rest = _PLAUSIBLE.sub("", text)
    likely = len(text) - len(rest)
    for sign in rest:
        if spelling.is_hanzi(sign):
            likely += spelling.is_in_gb_2312(sign)
        elif not sign.isprintable():
            likely -= 3
    return likely / len(text) if text else 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An encoding, how likely it was before looking, and the languages written in it."""

    encoding: str
    before: float
    languages: Callable[[], tuple[Language, ...]]


@dataclass(frozen=True, slots=True)
class _Reading:
    encoding: str
    language: Language
    before: float
    weight: Weight
    texts: tuple[str, ...]

    @property
    def likelihood(self) -> float:
        """With what was likely before looking, which is CP1252 for signs without letters."""
        before = self.before if self.weight.words else -abs(self.before)
        return before + self.weight.likelihood


def _latin(*names: str) -> Callable[[], tuple[Language, ...]]:
    return lambda: tuple(map(spelling.latin, names))


def _alphabet(name: str, called: str) -> Callable[[], tuple[Language, ...]]:
    return lambda: (spelling.alphabet(name, called),)


def _vietnamese() -> tuple[Language, ...]:
    return (spelling.vietnamese(),)


_CANDIDATES = (
    *(_Candidate(name, 2.5, _vietnamese) for name in ("tcvn3", "cp1258", "vni", "viscii")),
    _Candidate("cp874", 0.5, lambda: (spelling.thai(),)),
    _Candidate("gb18030", 0.5, lambda: (spelling.chinese(),)),
    _Candidate(
        "cp1252", 0.0, _latin("French", "Spanish", "Portuguese", "German", "Italian", "Nordic")
    ),
    _Candidate("cp1250", -1.0, _latin("Polish", "Czech", "Hungarian", "Croatian", "Romanian")),
    _Candidate("cp1251", -0.5, _alphabet("Russian", "Cyrillic")),
    _Candidate("koi8-r", -1.5, _alphabet("Russian", "Cyrillic")),
    _Candidate("cp1253", -2.0, _alphabet("Greek", "Greek")),
    _Candidate("cp1254", -2.0, _latin("Turkish")),
    _Candidate("cp1255", -2.0, _alphabet("Hebrew", "Hebrew")),
    _Candidate("cp1256", -2.0, _alphabet("Arabic", "Arabic")),
    _Candidate("cp1257", -2.5, _latin("Baltic", "Polish")),
)
#: A reading this many times less likely (natural logarithm) is no rival any more: 1 in 100.
_NEARLY_AS_LIKELY = 4.6
_MOST_PIECES, _MOST_BYTES = 300, 6_000
_LONGEST_PIECE = 240
_WINDOW, _WINDOWS = 4_096, 63
#: Signs of ASCII that end a word and are never the second byte of a sign of GB 18030. Not
#: among them are the controls that are capitals in VISCII.
_PIECES = re.compile(rb"[0-9@A-Za-z\[-\x7f\x80-\xff\x02\x05\x06\x14\x19\x1e]+")
_UTF_8_SEQUENCES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_DELIMITERS = re.compile(rb"[ ,;\t\r\n]")
_HIGH = bytes(range(0x80, 0x100))
_WORD = re.compile(r"[^\W\d_]+")
#: Fewer words in another encoding, or a smaller share of those that are none, say nothing.
_FEW_WORDS, _PERHAPS_SECOND = 4, 0.6
_PERHAPS_UTF_8, _SURELY_UTF_8, _NEARLY_ALL = 0.5, 0.85, 0.9


def _decode_by_evidence(data: bytes, error: UnicodeDecodeError) -> Decoded:
    sample = _sample(data, error.start)
    pieces = _pick(sample)
    readings = sorted(_read_all(pieces), key=lambda reading: -reading.likelihood)
    best = readings[0]
    if _is_broken_utf_8(sample, best, pieces) or not _explains(best, pieces):
        raise _undecodable(data, "utf-8", 0, error.start, error.reason) from None
    encoding = best.encoding
    if encoding == "cp874" and not _NOT_TIS_620.search(data):
        encoding = "tis-620"
    near = best.likelihood - _NEARLY_AS_LIKELY
    rivals = [r for r in readings[1:] if r.likelihood > near and r.texts != best.texts]
    others = tuple(rival.encoding for rival in rivals if _explains(rival, pieces))
    text = _decode_all(data, encoding, 0)
    evidence = _evidence(encoding, best, others) + _second_encoding(data, encoding, pieces)
    return Decoded(text, encoding, False, evidence, others)


def _is_broken_utf_8(sample: list[bytes], best: _Reading, pieces: list[bytes]) -> bool:
    """True where most bytes beyond ASCII are UTF-8, unless another reading has next to no fault.

    By chance some of the bytes of Thai or Chinese words look like UTF-8, in short texts most.
    """
    share = _share_of_utf_8(sample)
    if share < _PERHAPS_UTF_8 or share >= _SURELY_UTF_8:
        return share >= _SURELY_UTF_8
    faultless = best.weight.right >= _NEARLY_ALL * best.weight.words
    return not faultless or best.weight.likelihood < _cost_by_chance(pieces, spelling.AS_CHANCE)


def _explains(reading: _Reading, pieces: list[bytes]) -> bool:
    language, weight = reading.language, reading.weight
    enough = weight.right >= language.least_right * (weight.words - language.excused)
    return enough and weight.likelihood >= _cost_by_chance(pieces, language.byte_cost)


def _cost_by_chance(pieces: list[bytes], byte_cost: float) -> float:
    size = sum(map(len, pieces))
    high = size - sum(len(piece.translate(None, _HIGH)) for piece in pieces)
    return byte_cost * high + spelling.ASCII * (size - high)


def _evidence(encoding: str, best: _Reading, others: tuple[str, ...]) -> str:
    weight, name = best.weight, encoding.upper()
    what = "signs" if best.language.name == "Chinese" else "words with letters"
    rivals = f"; {' and '.join(map(str.upper, others))} would explain them nearly as well"
    if not weight.words:
        return f"read as {name}: no letters but only signs beyond ASCII{rivals if others else ''}"
    return (
        f"read as {name}: {weight.right} of {weight.words} distinct {what} beyond ASCII "
        f"{best.language.right_is}{rivals if others else ''}"
    )


def _second_encoding(data: bytes, encoding: str, pieces: list[bytes]) -> str:
    """Words that are none in a Vietnamese encoding and are some in another; empty for few."""
    if encoding not in LEGACY:
        return ""
    strange = [piece for piece in pieces if not _is_vietnamese(piece, encoding)]
    read = {name: [one for one in strange if _is_vietnamese(one, name)] for name in LEGACY}
    other, found = max(read.items(), key=lambda pair: len(pair[1]))
    if len(found) < max(_FEW_WORDS, len(strange) * _PERHAPS_SECOND):
        return ""
    line = data.count(b"\n", 0, data.find(found[0])) + 1
    return (
        f"; {len(found)} of the others, the first on line {line}, are some in "
        f"{other.upper()}: the file may be in two encodings"
    )


def _is_vietnamese(piece: bytes, encoding: str) -> bool:
    text = _read_piece(piece, encoding)
    return text is not None and all(map(spelling.is_vietnamese, _WORD.findall(text.lower())))


def _sample(data: bytes, first_bad: int) -> list[bytes]:
    """Parts of a file: the whole of a short one; else its start, parts spread, and one by a byte.

    Parts begin and end at spaces or delimiters where there are any.
    """
    if len(data) <= _WINDOW * (_WINDOWS + 1):
        return [data]
    step = len(data) // _WINDOWS
    starts = sorted({0, max(0, first_bad - _WINDOW // 2), *range(step, len(data), step)})
    windows = (data[start : start + _WINDOW] for start in starts)
    return [_trim(window, whole=not place) for place, window in enumerate(windows)]


def _trim(window: bytes, *, whole: bool) -> bytes:
    """A window from its first delimiter (from its start when whole) to its last."""
    ends = [match.start() for match in _DELIMITERS.finditer(window)]
    return window[0 if whole else ends[0] : ends[-1]] if ends else window


def _share_of_utf_8(sample: list[bytes]) -> float:
    """The share of the bytes beyond ASCII that stand in valid sequences of UTF-8."""
    valid = sum(sum(map(len, _UTF_8_SEQUENCES.findall(part))) for part in sample)
    high = sum(len(part) - len(part.translate(None, _HIGH)) for part in sample)
    return valid / high if high else 0.0


def _pick(sample: list[bytes]) -> list[bytes]:
    """Distinct words with bytes beyond ASCII, taken evenly from a sample."""
    found = dict.fromkeys(piece[:_LONGEST_PIECE] for piece in _beyond_ascii(sample))
    step = max(len(found) // _MOST_PIECES, sum(map(len, found)) // _MOST_BYTES) + 1
    return list(found)[::step]


def _beyond_ascii(sample: list[bytes]) -> Iterator[bytes]:
    for part in sample:
        for match in _PIECES.finditer(part):
            if not match[0].isascii():
                yield match[0]


def _read_all(pieces: list[bytes]) -> Iterator[_Reading]:
    for candidate in _CANDIDATES:
        read = [_read_piece(piece, candidate.encoding) for piece in pieces]
        texts = tuple(text for text in read if text is not None)
        lost = [piece for piece, text in zip(pieces, read, strict=True) if text is None]
        weights = [(language, weigh(language, texts, lost)) for language in candidate.languages()]
        language, weight = max(weights, key=lambda pair: pair[1].likelihood)
        yield _Reading(candidate.encoding, language, candidate.before, weight, texts)


def _read_piece(piece: bytes, encoding: str) -> str | None:
    """A piece as text; None when it is none. A cut sign at the end of a long piece is left out."""
    try:
        if encoding in LEGACY:
            return decode_legacy(piece, encoding)
        return codecs.getincrementaldecoder(encoding)().decode(piece, len(piece) < _LONGEST_PIECE)
    except UnicodeDecodeError:
        return None
