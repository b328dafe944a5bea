"""Old encodings are read by their tables, recognised by evidence, or refused with the place."""

import random
import shutil
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.records.encodings import (
    ENCODINGS,
    UndecodableError,
    UnknownEncodingError,
    canonical_name,
    decode,
)
from ringmap.records.legacy_codecs import (
    LEGACY,
    decode_legacy,
    encode_legacy,
    vietnamese_letters,
)
from ringmap.records.spelling import is_vietnamese

VIETNAMESE = {
    "vi name": "Nguyễn Văn Nam",
    "vi name 2": "Lò Thị Đào",
    "vi name 3": "Giàng A Pó",
    "vi name 4": "Trần Thị Thu Hằng",
    "vi name 5": "Vàng Seo Chẩn",
    "vi one word": "Nguyễn",
    "vi one word 2": "Hò",
    "vi upper": "ĐẶNG THỊ QUỲNH NGA",
    "vi table": (
        "person_id,name,role\nA,Lò Thị Đào,nạn nhân\nB,Phạm Đức Hưng,đố"
        "i tượng\nC,Sùng A Chừ,nhân chứng\n"
    ),
    "vi headings": (
        "mã;họ tên;năm sinh;địa chỉ\n1;Hà Văn Tùng;1987;xã Nậm Chảy, huyện Mường Khương\n"
    ),
    "vi note": (
        "Ngày 12/3/2019, Lò Thị Đào được một người tên là Tuấn rủ san"
        "g bên kia biên giới làm việc, hứa trả lương cao. Đến nơi, ch"
        "ị bị bán cho một gia đình ở thôn xa, không được liên lạc với"
        " người nhà."
    ),
    "vi mixed": (
        "case_id,note\nC1,The victim said: “Tôi không biết đường về” and was taken to Móng Cái\n"
    ),
}
THAI = {
    "th name": "สมชาย ใจดี",
    "th name 2": "มาลี ศรีสุข",
    "th one word": "นงนุช",
    "th table": "person_id,name,place\nA,สมชาย ใจดี,เชียงราย\nB,ปราณี แก้วมณี,แม่สาย\n",
    "th note": (
        "ผู้เสียหายถูกชักชวนให้ไปทำงานที่ร้านอาหารในจังหวัดเชียงใหม่ "
        "แต่เมื่อไปถึงถูกยึดหนังสือเดินทางและถูกบังคับให้ทำงานโดยไม่ไ"
        "ด้รับค่าจ้าง"
    ),
}
CHINESE = {
    "zh name": ("王小梅"),
    "zh name 2": ("阮文英"),
    "zh name 3": ("李明"),
    "zh table": ("编号,姓名,地址\n1,陈桂花,广西壮族自治区凭祥市\n2,黄丽娟,云南省河口县\n"),
    "zh note": (
        "二零一九年三月，被害人被同村一名女子以介绍工作为由骗至边境，"
        "随后被带到外省卖给一户农民为妻，护照和手机均被没收。"
    ),
}
RUSSIAN = {
    "ru name": "Иван Кузнецов",
    "ru one word": "Марина",
    "ru upper": "СЕРГЕЙ ОРЛОВ",
    "ru note": (
        "Потерпевшая сообщила, что её паспорт забрали в первый же ден"
        "ь, а за дорогу потребовали вернуть долг."
    ),
}
WESTERN = {
    "es name": "José Núñez Ibáñez",
    "es one word": "Muñoz",
    "es note": (
        "La víctima declaró que el señor Núñez le prometió un empleo "
        "en la región y que después le quitó su documentación."
    ),
    "fr name": "Hélène Lefèvre",
    "fr note": (
        "La victime a déclaré qu’elle était hébergée chez une amie pr"
        "ès de la gare; son téléphone lui a été retiré dès son arrivé"
        "e à l’hôtel."
    ),
    "de name": "Jürgen Müller",
}
POLISH = {
    "pl name": "Grzegorz Wiśniewski",
    "pl name 2": "Małgorzata Żółkiewska",
    "pl note": (
        "Pokrzywdzona zeznała, że obiecano jej pracę w rolnictwie, a "
        "potem zabrano paszport i zażądano spłaty długu za podróż. Mi"
        "eszkała w Łodzi."
    ),
}
LAO = {
    "lo name": "ສົມພອນ ແກ້ວມະນີ",
    "lo table": "person_id,name\nA,ສົມພອນ ວົງສາ\nB,ບົວຄຳ\n",
}
KHMER = {
    "km name": "សុខ ចាន់ថា",
    "km table": "person_id,name\nA,សុខ សុភា\nB,ចាន់ ដារ៉ា\n",
}

VIETNAMESE["vi people"] = "\n".join(
    f"{family} {middle} {given_name},{place}"
    for family in ("Nguyễn", "Trần", "Phạm", "Vừ", "Hoàng")
    for middle in ("Thị", "Văn", "Đức")
    for given_name in ("Hạnh", "Mỷ", "Phượng", "Khuê")
    for place in ("xã Bản Lầu", "phường Cốc Lếu")
)
for language in (THAI, CHINESE, RUSSIAN, WESTERN, POLISH):
    language["pages"] = "\n".join(language.values()) * 9

UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030")
WRITTEN_IN = (
    (VIETNAMESE, LEGACY),
    (THAI, ("tis-620", "cp874")),
    (CHINESE, ()),
    (RUSSIAN, ("cp1251", "koi8-r")),
    (WESTERN, ("cp1252", "cp1254")),
    (POLISH, ("cp1250", "cp1257")),
    (LAO, ()),
    (KHMER, ()),
)


def encode(text, encoding):
    """Bytes of a text, or None where the encoding lacks a sign of it."""
    try:
        if encoding in LEGACY:
            return encode_legacy(text, encoding)
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def make_samples():
    """Every text in every encoding that can hold it."""
    samples = [
        (name, text, encoding, encode(text, encoding))
        for texts, encodings in WRITTEN_IN
        for name, text in texts.items()
        for encoding in (*UNICODE, *encodings)
    ]
    return [sample for sample in samples if sample[-1] is not None]


def read(data):
    """The text that is read, and those that would be read in the other likely encodings."""
    try:
        first = decode(data)
    except UndecodableError:
        return [None]
    return [first.text, *(decode(data, asked=other).text for other in first.others)]


#: What is not read rightly at once. "Hò" is one syllable of two letters: its bytes are as good a
#: syllable in three other encodings. One Polish letter is as good a Portuguese one.
MISREAD = [
    ("vi one word 2", "cp1258"),
    ("vi one word 2", "gb18030"),
    ("vi one word 2", "viscii"),
    ("pl name", "cp1257"),
]
#: Three Chinese characters of UTF-16 without a mark, a delimiter or a line's end.
REFUSED = [("zh name 2", "utf-16-be"), ("zh name 2", "utf-16-le")]


def test_the_samples_are_recognised():
    """359 of 365 samples, from one word to some kilobytes; in four of the six others the right
    encoding is among those named beside the first, and two are refused."""
    samples = make_samples()
    readings = [(name, encoding, text, read(data)) for name, text, encoding, data in samples]
    wrong = [reading for reading in readings if reading[3][0] != reading[2]]
    missed = sorted((name, encoding) for name, encoding, _, found in wrong if found != [None])
    refused = sorted((name, encoding) for name, encoding, _, found in wrong if found == [None])

    assert (len(samples) - len(wrong), len(samples)) == (359, 365)
    assert missed == sorted(MISREAD)
    assert refused == REFUSED
    assert all(text in found for _, _, text, found in wrong if found != [None])


def test_what_is_read_by_evidence_is_never_called_sure():
    """Only a mark, valid UTF-8 and a name are."""
    samples = make_samples()
    told = {
        (encoding == "utf-8", decode(data).sure)
        for name, _, encoding, data in samples
        if (name, encoding) not in REFUSED
    }

    assert told == {(True, True), (False, False)}


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", ["Lò Thị Đào", "王小梅", "ສົມພອນ", "a", ""])
def test_a_mark_makes_sure(encoding, text):
    """The mark is no part of the text."""
    found = decode(("\ufeff" + text).encode(encoding))

    assert (found.text, found.encoding, found.sure) == (text, encoding, True)
    assert (found.evidence, found.others) == ("", ())


@pytest.mark.parametrize("text", ["", "a", "NA,None,1E5,007\n", "a\x00b\u2028c\x85d\n", "Lò\x00"])
def test_valid_utf_8_is_sure_and_kept_as_written(text):
    """NUL, NEL and U+2028 are signs of the text like any other."""
    found = decode(text.encode())

    assert (found.text, found.encoding, found.sure) == (text, "utf-8", True)


@given(st.lists(st.sampled_from(vietnamese_letters()) | st.sampled_from("ab XYZ,\n")))
def test_vietnamese_letters_come_back_from_every_encoding(signs):
    """Alone and in any order, composed."""
    text = "".join(signs)

    assert [decode_legacy(encode_legacy(text, name), name) for name in LEGACY] == [text] * 4


@pytest.mark.parametrize("encoding", LEGACY)
def test_each_of_134_letters_has_bytes_of_its_own(encoding):
    """Twelve vowels in six tones, less six that are ASCII, and đ: 67, and as many capitals."""
    letters = vietnamese_letters()
    written = [encode_legacy(letter, encoding) for letter in letters]

    assert len(set(letters)) == 134
    assert len(set(written)) == 134
    assert [decode_legacy(data, encoding) for data in written] == list(letters)


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        # TCVN 5712:1993, VN3: D4 is ễ, A8 ă, A7 Đ, B5 à, DE ị; E3 ó, B8 á.
        ("tcvn3", "4E 67 75 79 D4 6E 20 56 A8 6E", "Nguyễn Văn"),
        ("tcvn3", "4C DF 20 54 68 DE 20 A7 B5 6F", "Lò Thị Đào"),
        ("tcvn3", "4E 47 55 59 D4 4E", "NGUYễN"),
        ("tcvn3", "93 43 E3 94", "“Có”"),
        ("tcvn3", "A5 B1", "Ở"),
        # VNI for Windows: a mark follows its letter; F1 is đ, D1 Đ, F2 ị, F6 ư, F4 ơ.
        ("vni", "4E 67 75 79 65 E3 6E 20 56 61 EA 6E", "Nguyễn Văn"),
        ("vni", "4C 6F F8 20 54 68 F2 20 D1 61 F8 6F", "Lò Thị Đào"),
        ("vni", "D1 41 CB 4E 47", "ĐẶNG"),
        ("vni", "41 F9 6E 68", "Ánh"),
        ("vni", "6E F6 F4 F9 63", "nước"),
        # RFC 1456: AD is ễ, E5 ă, F2 ò, B8 ị, D0 Đ, E0 à; 02 is a capital.
        ("viscii", "4E 67 75 79 AD 6E 20 56 E5 6E", "Nguyễn Văn"),
        ("viscii", "4C F2 20 54 68 B8 20 D0 E0 6F", "Lò Thị Đào"),
        ("viscii", "54 48 02 4E 47", "THẲNG"),
        # Windows-1258: EA is ê, DE tilde, E3 ă, CC grave, F2 dot below, D0 Đ.
        ("cp1258", "4E 67 75 79 EA DE 6E 20 56 E3 6E", "Nguyễn Văn"),
        ("cp1258", "4C 6F CC 20 54 68 69 F2 20 D0 E0 6F", "Lò Thị Đào"),
    ],
)
def test_words_are_read_by_the_published_tables(encoding, data, text):
    """Worked out by hand from the tables."""
    assert decode(bytes.fromhex(data), asked=encoding).text == text


@pytest.mark.parametrize(
    ("encoding", "known_as", "bytes_compared"),
    [
        ("viscii", "VISCII", range(0x100)),
        ("cp1258", "CP1258", range(0x100)),
        # iconv knows the set VN1, of which VN3 is the part without capitals with tones.
        ("tcvn3", "TCVN5712-1", range(0x20, 0x80)),
        ("tcvn3", "TCVN5712-1", range(0xA0, 0x100)),
    ],
)
def test_tables_agree_with_iconv(encoding, known_as, bytes_compared):
    """Every byte that both know, by the C library's own tables."""
    if not _iconv_knows(known_as):
        pytest.skip(f"no iconv here that knows {known_as}")
    ours = {byte: _one(bytes([byte]), encoding) for byte in bytes_compared}
    theirs = {byte: _iconv(bytes([byte]), known_as) for byte in bytes_compared}
    unlike = {byte: theirs[byte] for byte in bytes_compared if ours[byte] != theirs[byte]}

    assert all(ours[byte] is None for byte in unlike)
    assert "".join(map(str, unlike.values())) == (
        "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ" if bytes_compared == range(0xA0, 0x100) else ""
    )


def _iconv_knows(charset):
    return shutil.which("iconv") is not None and _iconv(b"a", charset) == "a"


def _iconv(data, charset):
    """What iconv reads in bytes; None where it refuses."""
    done = subprocess.run(
        ["iconv", "-f", charset, "-t", "UTF-8"], input=data, capture_output=True, check=False
    )
    return done.stdout.decode() if done.returncode == 0 else None


def _one(data, encoding):
    try:
        return decode_legacy(data, encoding)
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize(
    "word",
    [
        "nguyễn",
        "hòa",
        "hoà",
        "thúy",
        "thuý",
        "quý",
        "quyết",
        "quốc",
        "gì",
        "giếng",
        "giàng",
        "khuỷu",
        "ngoằn",
        "xoáy",
        "quỳnh",
        "đường",
        "nghĩa",
        "bách",
        "mười",
        "ướt",
        "yến",
        "rượu",
        "huệ",
        "đắk",
    ],
)
def test_syllables_are_known_by_their_build(word):
    """Onset, rhyme and tone in their places, in both ways of writing hòa."""
    assert is_vietnamese(word)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("ngiễn", "ng stands before no i"),
        ("gế", "g stands before no ê"),
        ("bàch", "a stop takes no grave"),
        ("cãc", "a stop takes no tilde"),
        ("ngúyên", "the tone stands on ê"),
        ("garcía", "two syllables"),
        ("josé", "j is no letter of it"),
        ("hǹ", "no vowel"),
        ("hòá", "two tones"),
    ],
)
def test_what_is_no_syllable_is_told_apart(word, why):
    """This is what makes a wrong encoding visible."""
    assert not is_vietnamese(word), why


def test_the_evidence_is_told_in_words():
    """How many words speak for the encoding, and of what kind."""
    found = decode(encode_legacy(VIETNAMESE["vi note"], "tcvn3"))

    assert found.encoding == "tcvn3"
    assert found.evidence == (
        "read as TCVN3: 32 of 32 distinct words with letters beyond ASCII are Vietnamese syllables"
    )
    assert found.others == ()


def test_the_evidence_names_the_rivals():
    """A letter of Spanish here, of Polish or Latvian there."""
    found = decode("Muñoz".encode("cp1252"))

    assert (found.text, found.encoding, found.sure) == ("Muñoz", "cp1252", False)
    assert found.others == ("cp1250", "cp1257")
    assert found.evidence.endswith("; CP1250 and CP1257 would explain them nearly as well")


def test_a_rival_that_reads_the_same_letters_is_none():
    """CP1258 and VISCII have ê where CP1252 has it."""
    found = decode(b"Nguy\xean")

    assert found.text == "Nguyên"
    assert "cp1252" not in found.others


def test_text_with_signs_but_no_letters_is_read():
    """Quotation marks of Windows around English words."""
    found = decode(b"\x93no letters\x94, she said")

    assert (found.text, found.encoding) == ("“no letters”, she said", "cp1252")
    assert found.evidence == "read as CP1252: no letters but only signs beyond ASCII"


def test_a_large_file_is_judged_by_words_that_are_whole():
    """Windows of a sample end at delimiters; a Thai word cut in two would break the rules."""
    line = "ผู้เสียหายถูกชักชวนให้ไปทำงาน\n"
    found = decode(line.encode("tis-620") * 20_000)

    assert (found.text, found.encoding) == (line * 20_000, "tis-620")


def test_a_heading_in_a_capital_font_reads_with_small_letters():
    """.VnTimeH draws the bytes of small letters as capitals; the bytes do not say which font."""
    found = decode(bytes.fromhex("4E 47 55 59 D4 4E 20 54 48 DE 20 48 B9 4E 48"))

    assert (found.text, found.encoding) == ("NGUYễN THị HạNH", "tcvn3")


def test_thai_of_windows_is_told_from_the_standard():
    """Its dots are no part of TIS-620."""
    text = "สมชาย ใจดี… แม่สาย"

    assert decode(text.encode("cp874")).encoding == "cp874"
    assert decode(text.replace("…", "").encode("cp874")).encoding == "tis-620"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("windows-1258", "cp1258"),
        ("ABC", "tcvn3"),
        ("VNI-Windows", "vni"),
        (" UTF8 ", "utf-8"),
        ("utf_16_le", "utf-16-le"),
        ("gbk", "gb18030"),
        ("latin-1", "cp1252"),
    ],
)
def test_an_encoding_goes_by_many_names(asked, name):
    """In any case, with dashes or underscores."""
    assert canonical_name(asked) == name


def test_every_name_leads_to_one_encoding():
    """No alias is claimed twice."""
    names = [name for main, others in ENCODINGS.items() for name in (main, *others)]

    assert len(names) == len(set(names))
    assert {canonical_name(name) for name in names} == set(ENCODINGS)


def test_an_unknown_name_is_answered_with_the_list():
    """The user need not search the manual."""
    with pytest.raises(UnknownEncodingError, match=r"'klingon' is known; use one of utf-8, utf-16"):
        decode(b"a", asked="klingon")


@pytest.mark.parametrize(("name", "text", "encoding", "data"), make_samples())
def test_an_encoding_asked_for_is_sure(name, text, encoding, data):
    """No evidence is weighed."""
    found = decode(data, asked=encoding)

    assert (found.text, found.encoding, found.sure) == (text, encoding, True)
    assert (found.evidence, found.others) == ("", ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("order", ["-le", "-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_order_of_bytes_is_found(encoding, order, mark):
    """By the mark, else by the bytes."""
    found = decode((mark + "Lò Thị Đào\n").encode(encoding + order), asked=encoding)

    assert (found.text, found.encoding) == ("Lò Thị Đào\n", encoding + order)


def test_the_mark_of_utf_8_is_not_read_as_letters():
    """One file of a folder may have been saved anew."""
    with pytest.raises(UndecodableError, match="the mark of UTF-8, while tcvn3 is asked for"):
        decode(b"\xef\xbb\xbfL\xc3\xb2", asked="tcvn3")


@pytest.mark.parametrize(
    ("data", "asked", "place"),
    [
        (b"a,b\nLan,\xff\n", "utf-8", ("utf-8", 8, 2, 5, 0xFF)),
        ("a\r\nễễ".encode() + b"\xff", "utf-8", ("utf-8", 9, 2, 3, 0xFF)),
        (b"\xef\xbb\xbfab\xff", None, ("utf-8", 5, 1, 3, 0xFF)),
        ("Lò Thị Đào\n".encode() + b"B,\xe1\xbb", None, ("utf-8", 18, 2, 3, 0xE1)),
        (b"a\rb\r\xa7\xaf", "tcvn3", ("tcvn3", 5, 3, 2, 0xAF)),
        (b"Nguye\xe3n b\xf9", "vni", ("vni", 9, 1, 9, 0xF9)),
        (b"u\xea", "vni", ("vni", 1, 1, 2, 0xEA)),
        (b"Nguy\xea\xden\x81", "cp1258", ("cp1258", 7, 1, 7, 0x81)),
        (b"\xa1\x85", "tis-620", ("tis-620", 1, 1, 2, 0x85)),
        (b"\xcd\xf5\xd0", "gb18030", ("gb18030", 2, 1, 2, 0xD0)),
        (b"a\x00\n\x00\x00\xd8b\x00", "utf-16-le", ("utf-16-le", 4, 2, 1, 0x00)),
        (b"\xff\xfea\x00\x00\xd8b\x00", None, ("utf-16-le", 4, 1, 2, 0x00)),
    ],
)
def test_a_wrong_byte_is_placed(data, asked, place):
    """Offset from 0 with the mark, line and column from 1; VNI's two bytes are one column."""
    with pytest.raises(UndecodableError) as caught:
        decode(data, asked=asked)
    error = caught.value

    assert (error.encoding, error.offset, error.line, error.column, error.byte) == place


def test_a_refusal_is_one_line():
    """What, where, and what to do."""
    with pytest.raises(UndecodableError) as caught:
        decode(b"a\n\xff", asked="utf-8")

    assert str(caught.value) == (
        "not UTF-8 text: byte 0xFF at offset 2, line 2, position 1 (invalid start byte); "
        "save the file as UTF-8 (in Excel: 'CSV UTF-8'), or name the encoding it is in"
    )


def test_broken_utf_8_is_refused_and_not_reread():
    """One byte cut, changed or put in, 20 times in each text with eight bytes or more beyond ASCII:
    the place is the first byte that is no UTF-8."""
    chance = random.Random(1)
    texts = [
        text
        for texts, _ in WRITTEN_IN
        for text in texts.values()
        if sum(byte > 0x7F for byte in text.encode()) >= 8
    ]
    broken = [data for text in texts for data in _break(text.encode(), chance)]
    refused = [_refused_at(data) for data in broken]

    assert len(broken) > 500
    assert refused == [_first_fault(data) for data in broken]


def _break(data, chance):
    high = [place for place, byte in enumerate(data) if byte > 0x7F]
    for _ in range(20):
        place, byte = chance.choice(high), bytes([chance.randrange(0x80, 0x100)])
        middle, rest = chance.choice([(b"", 1), (byte, 1), (byte, 0)])
        made = data[:place] + middle + data[place + rest :]
        if _first_fault(made) is not None:
            yield made


def _first_fault(data):
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _refused_at(data):
    try:
        decode(data)
    except UndecodableError as error:
        return error.offset if error.encoding == "utf-8" else error.encoding
    return "read"


def test_bytes_that_are_no_text_are_refused():
    """Twenty runs of 64 random bytes, and twenty of 2,048."""
    chance = random.Random(2)
    made = [chance.randbytes(size) for size in (64, 2048) for _ in range(20)]

    assert [data for data in made if not isinstance(_refused_at(data), int)] == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("陳美玲,臺北市中山區", "big5"),
        ("김영희,서울특별시 종로구", "euc-kr"),
        ("さくら、東京", "shift_jis"),
    ],
)
def test_encodings_that_are_not_read_are_refused(text, encoding):
    """Rather than turned into rare Chinese characters."""
    assert _refused_at(text.encode(encoding)) == 0


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused_with_a_place(data):
    """Nothing else happens; and what is read in an encoding can be asked for by its name."""
    place = _refused_at(data)

    if place == "read":
        found = decode(data)
        assert decode(data, asked=found.encoding).text == found.text
    elif isinstance(place, int):
        assert data[place : place + 1] or place == len(data)
    else:
        assert place in ENCODINGS


@given(st.binary(max_size=60), st.sampled_from(sorted(ENCODINGS)))
def test_any_bytes_in_any_encoding_are_text_or_refused_at_a_byte(data, asked):
    """The byte that is told is the one that stands there; what stands before it can be read."""
    try:
        found = decode(data, asked=asked)
        told = data, found.sure or "though its bytes are UTF-8" in found.evidence
    except UndecodableError as error:
        told = data, data[error.offset] == error.byte

    assert told == (data, True)


HOSTILE = {
    "all high": b"\xff" * 20_000_000,
    "one long word": b"a\xe9" * 10_000_000,
    "four bytes": b"\x81\x30" * 10_000_000,
    "marks": b"a\xf9" * 10_000_000,
    "zeros": b"\x00" * 20_000_000,
    "many words": b"".join(b"%x\xe9 " % number for number in range(2_000_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_judged_quickly(name):
    """About twenty megabytes each: the evidence is a sample, so what takes time is decoding."""
    start = time.process_time()
    _refused_at(HOSTILE[name])

    assert time.process_time() - start < 3


def test_a_file_in_two_vietnamese_encodings_is_told_with_the_line():
    """Two lists put one below the other: the names of the second are no names in the first's."""
    lines = [
        "Mã vụ án,Họ và tên,Vai trò,Địa điểm", "V1,Lò Thị Mây,chủ mưu,Lào Cai",
        "V1,Nguyễn Văn Hưởng,lái xe,Mường Khương", "V2,Đặng Thuỳ Trâm,nạn nhân,Quảng Ninh",
        "V2,Phạm Quốc Kỳ,môi giới,Thừa Thiên Huế", "V3,Vũ Đức Ngữ,chứa chấp,Đắk Lắk",
        "V3,Trịnh Thị Xuân Ổi,tiếp tay,Hà Giang",
    ]  # fmt: skip
    data = b"\n".join(
        encode_legacy(line, "viscii" if place < 4 else "vni") for place, line in enumerate(lines)
    )

    assert decode(data).evidence.endswith(
        "the first on line 5, are some in VNI: the file may be in two encodings"
    )
    assert "two" not in decode(encode_legacy("\n".join(lines), "viscii")).evidence
