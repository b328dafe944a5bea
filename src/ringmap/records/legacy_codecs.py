"""The Vietnamese byte encodings of the years before Unicode, to text and back.

Python knows CP1258, though not that its letters come in two parts; it knows none of the rest.
Text that comes out is in composed form (NFC).

TCVN3
    TCVN 5712:1993, set VN3, of the "ABC" fonts (.VnTime). It has no capitals with tones: a
    heading was set in a capital font (.VnTimeH), which draws the bytes of small letters as
    capitals. Such a heading reads with those letters small: ``NGUYễN``.
VNI
    The chart of VNI Software for Windows: a letter, then a byte for the marks upon it.
VISCII
    RFC 1456. Six of its capitals stand where ASCII has control characters.
CP1258
    Microsoft's page: letters with hat, breve or horn, and the tones as signs of their own.

Word processors put their quotation marks and dashes among TCVN3 and VNI text at the places
that Windows gives them; they are read there.
"""

import codecs
import re
import unicodedata
from functools import cache

LEGACY = ("cp1258", "tcvn3", "viscii", "vni")

_UNDEFINED = "\ufffe"
_ASCII = "".join(map(chr, range(0x80)))
_WINDOWS_SIGNS = "".join(
    {5: "…", 17: "‘", 18: "’", 19: "“", 20: "”", 21: "•", 22: "–", 23: "—"}.get(place, _UNDEFINED)
    for place in range(32)
)
#: Grave, hook above, tilde, acute, dot below.
TONES = "\u0300\u0309\u0303\u0301\u0323"
_ANY_TONE = ("", *TONES)
_HAT, _BREVE = "\u0302", "\u0306"

# A full stop holds a place of VN3 that no sign has.
_VN3 = (
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđ."
    f"{TONES}àảãáạ.ằẳẵắ."
    "......ặầẩẫấậè.ẻẽ"
    "éẹềểễếệìỉ...ĩíịò"
    ".ỏõóọồổỗốộờởỡớợù"
    ".ủũúụừửữứựỳỷỹýỵ."
).replace(".", _UNDEFINED)
_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII_UPPER_HALF = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)
_TABLES = {
    "tcvn3": _ASCII + _WINDOWS_SIGNS + _VN3,
    "viscii": "".join(_VISCII_CONTROLS.get(ord(sign), sign) for sign in _ASCII)
    + _VISCII_UPPER_HALF,
}

# VNI: bytes of small letters; a capital's byte is 0x20 less, for marks as for letters.
_VNI_LETTERS = {0xED: "í", 0xEC: "ì", 0xE6: "ỉ", 0xF3: "ĩ", 0xF2: "ị", 0xEE: "ỵ", 0xF1: "đ",
                0xF4: "ơ", 0xF6: "ư"}  # fmt: skip
_VNI_TONES = dict(zip(bytes.fromhex("F8 FB F5 F9 EF"), TONES, strict=True))
_VNI_HATS = dict(zip(bytes.fromhex("E0 E5 E3 E1 E4"), TONES, strict=True)) | {0xE2: ""}
_VNI_BREVES = dict(zip(bytes.fromhex("E8 FA FC E9 EB"), TONES, strict=True)) | {0xEA: ""}
_CAPITAL = 0x20


def decode_legacy(data: bytes, encoding: str) -> str:
    """Text of bytes in one of the encodings `LEGACY`, composed (NFC).

    Raises UnicodeDecodeError at the first byte that means nothing: in VNI also at a mark
    that follows no letter it can stand on.
    """
    if encoding == "vni":
        return _decode_vni(data)
    if encoding == "cp1258":
        return unicodedata.normalize("NFC", data.decode("cp1258"))
    try:
        text, _ = codecs.charmap_decode(data, "strict", _TABLES[encoding])
    except UnicodeDecodeError as error:
        raise UnicodeDecodeError(encoding, data, error.start, error.end, "no such sign") from None
    return unicodedata.normalize("NFC", text)


def encode_legacy(text: str, encoding: str) -> bytes:
    """Bytes of text in one of the encodings `LEGACY`.

    A capital that TCVN3 lacks is written as its plain letter and the tone behind it. Raises
    UnicodeEncodeError at the first sign that the encoding cannot write.
    """
    known = _bytes_of(encoding)
    composed = unicodedata.normalize("NFC", text)
    found = []
    for place, sign in enumerate(composed):
        code = known.get(sign)
        if code is None:
            raise UnicodeEncodeError(encoding, composed, place, place + 1, "no such sign")
        found.append(code)
    return b"".join(found)


@cache
def vietnamese_letters() -> tuple[str, ...]:
    """The 134 Vietnamese letters beyond ASCII, composed: small ones, then their capitals."""
    vowels = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
    toned = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in _ANY_TONE]
    small = [*(letter for letter in toned if not letter.isascii()), "đ"]
    return (*small, *(letter.upper() for letter in small))


@cache
def _bytes_of(encoding: str) -> dict[str, bytes]:
    """How an encoding writes each sign that it can write."""
    if encoding == "vni":
        return _bytes_of_vni()
    known = dict[str, bytes]()
    for byte in range(0x100):
        try:
            known.setdefault(decode_legacy(bytes([byte]), encoding), bytes([byte]))
        except UnicodeDecodeError:
            continue
    for letter in vietnamese_letters():
        if letter not in known:
            known[letter] = b"".join(known[part] for part in _without_tone(letter))
    return known


def _without_tone(letter: str) -> tuple[str, str]:
    """A letter's two parts, its tone behind."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", parts.replace(tone, "")), tone


@cache
def _vni_signs() -> dict[int, str]:
    """What each byte of VNI adds to a text: a letter, a sign, or marks upon the letter before."""
    signs = {byte: chr(byte) for byte in range(0x80)}
    signs |= {0x80 + n: sign for n, sign in enumerate(_WINDOWS_SIGNS) if sign != _UNDEFINED}
    signs |= {byte: chr(byte) for byte in range(0xA0, 0xC0)}
    for marks in _vni_marks():
        signs |= marks | {byte - _CAPITAL: mark for byte, mark in marks.items()}
    for byte, letter in _VNI_LETTERS.items():
        signs |= {byte: letter, byte - _CAPITAL: letter.upper()}
    return signs


def _vni_marks() -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    hats = {byte: _HAT + tone for byte, tone in _VNI_HATS.items()}
    breves = {byte: _BREVE + tone for byte, tone in _VNI_BREVES.items()}
    return _VNI_TONES, hats, breves


@cache
def _vni_nonsense() -> re.Pattern[bytes]:
    """A byte without a meaning, or a mark behind a letter that does not take it."""
    bases = (b"AEOUYaeouy\xd4\xd6\xf4\xf6", b"AEOaeo", b"Aa")
    wrong = [
        b"(?<![%s])[%s]" % (base, bytes(marks) + bytes(byte - _CAPITAL for byte in marks))
        for base, marks in zip(bases, _vni_marks(), strict=True)
    ]
    unknown = bytes(byte for byte in range(0x100) if byte not in _vni_signs())
    return re.compile(b"|".join((*wrong, b"[%s]" % unknown)))


def _decode_vni(data: bytes) -> str:
    wrong = _vni_nonsense().search(data)
    if wrong:
        raise UnicodeDecodeError("vni", data, wrong.start(), wrong.end(), "no such sign")
    text, _ = codecs.charmap_decode(data, "strict", _vni_signs())
    return unicodedata.normalize("NFC", text)


def _bytes_of_vni() -> dict[str, bytes]:
    single = {sign: bytes([byte]) for byte, sign in _vni_signs().items()}
    known = {sign: code for sign, code in single.items() if not unicodedata.combining(sign[0])}
    tones, hats, breves = _vni_marks()
    for bases, marks in (("aeouyơư", tones), ("aeo", hats), ("a", breves)):
        for base in bases:
            for byte, mark in marks.items():
                letter = unicodedata.normalize("NFC", base + mark)
                capital = bytes([byte - _CAPITAL])
                known.setdefault(letter, known[base] + bytes([byte]))
                known.setdefault(letter.upper(), known[base.upper()] + capital)
    return known
