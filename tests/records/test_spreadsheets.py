"""XLSX and ODS: every cell as the sheet shows it, every doubt told, every hostile file refused."""

import io
import random
import subprocess
import tempfile
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock

import odfdo
import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ringmap.records.apart import run_apart
from ringmap.records.child.answers import Answers
from ringmap.records.child.bounds import Bounds
from ringmap.records.child.formats import built_in, date_text, number_text, shown_by
from ringmap.records.child.refusal import RefusalError
from ringmap.records.child.sheets import letters
from ringmap.records.child.spreadsheet import read_spreadsheet as read_in_child
from ringmap.records.limits import Limits
from ringmap.records.spreadsheets import read_spreadsheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"),
                        ("style", "style"), ("number", "datastyle"), ("draw", "drawing"))
)  # fmt: skip
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
LONGEST_S = 30  # not how fast it is, only that it comes to an end on a busy machine


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    """A zip of texts or bytes by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return packed.getvalue()


def xlsx_parts(rows, *, strings=None, styles="", book="", before="", after="", sheet="<sheet/>"):
    """The parts of a workbook of one sheet, People, written by hand."""
    relations = '<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    relations += '<Relationship Id="r2" Type="x/styles" Target="styles.xml"/>' if styles else ""
    relations += (
        '<Relationship Id="r3" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
        if strings is not None else ""
    )  # fmt: skip
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" '
        'Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{book}<sheets>'
        '<sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}'
        f"</sheetData>{after}</worksheet>",
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return parts


def xlsx(rows, **options):
    """A workbook of one sheet, written by hand."""
    return zipped(xlsx_parts(rows, **options))


def ods(content, *, styles="", manifest="<manifest/>"):
    """An OpenDocument spreadsheet from the text of its tables."""
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {ODF} {CALCEXT}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{content}"
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": manifest,
    })  # fmt: skip


def ods_sheet(*rows, name="People"):
    """A table of an OpenDocument spreadsheet; rows are given as cells, or whole."""
    whole = [
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>"
        for row in rows
    ]
    return f'<table:table table:name="{name}">{"".join(whole)}</table:table>'


def text_cell(text, more=""):
    """A cell of an OpenDocument spreadsheet that holds text."""
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def inline(text):
    """A cell of a workbook that holds text."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def saved(book):
    """The bytes of an openpyxl workbook."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def book_of(rows, title="People"):
    """An openpyxl workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def read(data, limits=None):
    """The raw tables of a file."""
    return [table for table, _ in read_spreadsheet(data, "case.xlsx", limits or Limits())]


def cells(table):
    """Rows of text, empty cells None."""
    return [list(row) for row in zip(*table.columns, strict=True)]


def column(data):
    """The cells below the heading of the first sheet's first column."""
    (table, *_) = read(data)
    assert not table.fatal, table.findings
    return table.columns[0].tolist()


def told(table):
    """Everything a table says of itself: line, column, value, reason."""
    return [(one.line, one.column, one.value, one.reason) for one in table.receipt().problems]


def refusal(data, limits=None):
    """The one reason for which a file is refused."""
    (table,) = read(data, limits)
    (problem,) = table.receipt().problems
    assert problem.severity == "fatal"
    assert problem.hint
    assert len(table.row) == 0
    return problem.reason


# What a cell holds


def test_text_stays_as_it_is_written():
    """Nothing is taken for a number, a date or nothing."""
    texts = ["007", "1E5", "NA", "null", "=1+1", "-1", "03/05/2019", "TRUE", "Nguyễn", "a\nb", "№"]
    book = book_of([["code"]])
    for row, text in enumerate(texts, start=2):
        book.active.cell(row, 1).value = text
        book.active.cell(row, 1).data_type = "s"

    assert column(saved(book)) == texts


def test_numbers_have_neither_exponent_nor_point_zero():
    """A telephone stored as a number is its digits."""
    numbers = [84912345678, 3.0, 0, -5, 0.1, 2.50, 1e-7, 84912345678.0, 1e20, 0.25]
    wanted = ["84912345678", "3", "0", "-5", "0.1", "2.5", "1e-07", "84912345678",
              "100000000000000000000", "0.25"]  # fmt: skip

    assert column(saved(book_of([["n"], *[[number] for number in numbers]]))) == wanted


@pytest.mark.parametrize(
    ("stored", "text"),
    [("8.4912345678E+10", "84912345678"), ("3.0", "3"), ("-0", "0"), ("-0.0", "0"), ("7", "7"),
     ("12345678901234567890", "12345678901234567890"), ("1e300", "1e+300"), ("1E-3", "0.001")],
)  # fmt: skip
def test_a_stored_number_is_read(stored, text):
    """Whatever way it is written."""
    assert number_text(stored) == text


@pytest.mark.parametrize("stored", ["nan", "inf", "-1e999", "", "7 8", "0x10"])
def test_what_is_no_number_is_not_read(stored):
    """It is an error for the caller to tell."""
    with pytest.raises(ValueError, match=r"^(could not convert|nan|inf|-1e999)"):
        number_text(stored)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (date(2019, 5, 3), "dd/mm/yyyy", "2019-05-03"),
        (date(2019, 5, 3), "[$-42A]dd mmmm yyyy", "2019-05-03"),
        (date(2019, 5, 3), "[$-107041E]d mmm bbbb", "2019-05-03"),
        (date(2019, 5, 3), 'yyyy"年"m"月"d"日"', "2019-05-03"),
        (date(2019, 5, 3), "mmm yyyy", "2019-05-03"),
        (date(2019, 5, 1), "mmm yyyy", "2019-05"),
        (date(2019, 5, 1), "dd/mm/yyyy", "2019-05-01"),
        (date(2019, 1, 1), "yyyy", "2019"),
        (date(2019, 5, 3), "yyyy", "2019-05-03"),
        (datetime(2019, 5, 3, 14, 30), "dd/mm/yyyy hh:mm", "2019-05-03T14:30:00"),
        (datetime(2019, 5, 3, 14, 30), "dd/mm/yyyy", "2019-05-03T14:30:00"),
        (datetime(2019, 5, 3, 0, 0), "yyyy-mm-dd h:mm:ss", "2019-05-03T00:00:00"),
        (datetime(2019, 5, 3, 23, 59, 59), "h:mm AM/PM", "2019-05-03T23:59:59"),
        (clock(14, 30), "h:mm", "14:30:00"),
        (clock(0, 5, 30), "mm:ss", "00:05:30"),
        (clock(14, 30, 0, 500_000), "mm:ss.0", "14:30:00.500"),
        (timedelta(hours=36), "[h]:mm", "36:00:00"),
        (timedelta(minutes=90), "[mm]:ss", "01:30:00"),
        (date(1900, 1, 1), "dd/mm/yyyy", "1900-01-01"),
        (date(1900, 2, 28), "dd/mm/yyyy", "1900-02-28"),
        (date(1900, 3, 1), "dd/mm/yyyy", "1900-03-01"),
        (60, "dd/mm/yyyy", "1900-02-29"),
        (2019, "yyyy", "2019"),
        (2019, "General", "2019"),
        (0.25, "0%", "0.25"),
        (1234.5, "#,##0.00 [$€-407]", "1234.5"),
        (1234.5, "[Red]#,##0.00;[Blue]-0.00", "1234.5"),
        (1500000, "0.00E+00", "1500000"),
        (12, '0 "days"', "12"),
        (912345678, "0000000000", "0912345678"),
        (-5, "d/m/yyyy", "-5"),
        (0, "d/m/yyyy", "0"),
        (5e6, "d/m/yyyy", "5000000"),
    ],
)  # fmt: skip
def test_a_number_is_shown_by_its_format(value, form, text):
    """Days as ISO dates, as precise as they are shown unless that would lose something."""
    book = book_of([["date"], [None]])
    book.active["A2"].value = value
    book.active["A2"].number_format = form

    assert column(saved(book)) == [text]


def test_days_may_be_counted_from_1904():
    """43,222 days after 1 January 1904 (the Macintosh's first) is 3 May 2022."""
    rows = '<row r="1"><c r="A1" t="str"><v>d</v></c></row>' + "".join(
        f'<row r="{row}"><c r="A{row}" s="1"><v>{days}</v></c></row>'
        for row, days in ((2, 43222), (3, 0), (4, 59), (5, 60), (6, 2957003))
    )
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'

    assert column(xlsx(rows, styles=styles, book='<workbookPr date1904="1"/>')) == [
        "2022-05-03", "1904-01-01", "1904-02-29", "1904-03-01", "9999-12-31",
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.datetimes(min_value=datetime(1900, 3, 1), max_value=datetime(9999, 12, 31)))
def test_days_are_those_that_openpyxl_counts(moment):
    """From 1 March 1900 on, to the second."""
    from openpyxl.utils.datetime import to_excel

    moment = moment.replace(microsecond=0)

    assert date_text(to_excel(moment), shown_by("yyyy-mm-dd hh:mm")) == moment.isoformat()


def test_the_builtin_formats_agree_with_openpyxl():
    """Which of the numbers below 50 are dates; openpyxl keeps the table of the standard."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    wanted = {number for number, code in BUILTIN_FORMATS.items() if is_date_format(code)}

    assert {number for number in BUILTIN_FORMATS if built_in(number)} >= wanted
    assert {n for n in BUILTIN_FORMATS if built_in(n)} - wanted <= {*range(27, 37)}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", ""), ("0.00E+00", ""), ("@", ""), ('"day" 0', ""), ("\\d0", ""), ("_d0", ""),
        ("[Red]0", ""), ("#,##0;[Red]-0", ""), ("dd/mm/yyyy", "year month day"),
        ("m/d/yy h:mm", "year month day time"), ("h:mm", "time"), ("mm:ss", "time"),
        ("[h]:mm:ss", "elapsed"), ("[$-F800]dddd, mmmm dd, yyyy", "year month day"),
        ("h AM/PM", "time"), ("yyyy", "year"), ("0;dd", ""),
        ("mmm-yy", "year month"), ("mmm", "month"),
    ],
)  # fmt: skip
def test_what_a_format_shows_of_a_date(code, shown):
    """Quoted, escaped and bracketed signs are no part of it, nor are further sections."""
    assert shown_by(code) == frozenset(shown.split())


def test_each_type_of_cell_is_read():
    """Rich text without how it is spoken, inline text, truth, errors, ISO days, escapes."""
    strings = (
        "<si><t>plain</t></si><si><r><t>rich </t></r><r><rPr/><t>text</t></r></si>"
        "<si><t>東京</t><rPh><t>トウキョウ</t></rPh></si><si><t>a_x000D_b_x005F_</t></si>"
    )
    stored = [
        ("s", "<v>0</v>"), ("s", "<v>1</v>"), ("s", "<v>2</v>"), ("s", "<v>3</v>"),
        ("inlineStr", "<is><r><t>in</t></r><r><t>line</t></r></is>"), ("b", "<v>1</v>"),
        ("b", "<v>0</v>"), ("e", "<v>#N/A</v>"), ("d", "<v>2019-05-03</v>"),
        ("d", "<v>2019-05-03T14:30:00</v>"), ("d", "<v>2019-05-03T00:00:00</v>"),
        ("str", "<v>result</v>"), ("n", "<v>1</v>"), ("n", "<v>abc</v>"),
    ]  # fmt: skip
    rows = "<row><c t='str'><v>h</v></c></row>" + "".join(
        f"<row><c t='{kind}'>{value}</c></row>" for kind, value in stored
    )
    (table,) = read(xlsx(rows, strings=strings))

    assert table.columns[0].tolist() == [
        "plain", "rich text", "東京", "a\rb_", "inline", "TRUE", "FALSE", "#N/A", "2019-05-03",
        "2019-05-03T14:30:00", "2019-05-03", "result", "1", "abc",
    ]  # fmt: skip
    assert told(table) == [
        (9, "h", "#N/A", "the sheet shows an error here; it is kept as text"),
        (15, "h", "abc", "no number, though the sheet says that it is one; kept as text"),
    ]


def test_formulas_are_never_calculated():
    """The stored result is used; without one the formula's own text is kept; both are told."""
    rows = (
        "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>"
        "<row><c><f>1+1</f><v>2</v></c><c t='str'><f>A1</f><v>x</v></c></row>"
        "<row><c><f>SUM(A1)</f></c><c><f>SUM(A2)</f><v></v></c></row>"
        "<row><c><f t='shared' si='0' ref='A4:A5'>B1*2</f></c><c t='str'><f>A9</f><v></v></c></row>"
        "<row><c><f t='shared' si='0'/></c><c t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"
    )
    (table,) = read(xlsx(rows))
    used = "a formula; its stored result is used"
    kept = "a formula without a stored result; its own text is kept"

    assert cells(table) == [
        ["2", "x"], ["=SUM(A1)", "=SUM(A2)"], ["=B1*2", None], ["=B1*2", "#DIV/0!"],
    ]  # fmt: skip
    assert sorted(told(table), key=str) == sorted([
        (2, "a", None, used), (2, "b", None, used), (5, "b", None, used),
        (3, "a", "=SUM(A1)", kept), (3, "b", "=SUM(A2)", kept), (4, "a", "=B1*2", kept),
        (5, "a", "=B1*2", kept),
        (5, "b", "#DIV/0!", "the sheet shows an error here; it is kept as text"),
    ], key=str)  # fmt: skip


def test_a_formula_that_openpyxl_writes_has_no_result():
    """It writes formulas as text only."""
    assert column(saved(book_of([["n"], ["=1+1"]]))) == ["=1+1"]


def test_long_numbers_are_told():
    """An account of 18 digits has lost its end in the spreadsheet program."""
    (table,) = read(
        xlsx("<row><c t='str'><v>n</v></c></row><row><c><v>1.23456789012345E+17</v></c></row>")
    )

    assert cells(table) == [["123456789012345000"]]
    assert told(table) == [
        (2, "n", "123456789012345000",
         "a number of more than 15 digits; spreadsheet programs change those beyond"),
    ]  # fmt: skip


# What a sheet holds


def test_rows_keep_the_number_they_have_in_the_sheet():
    """Blank rows are passed over; the first that is not blank has the headings."""
    rows = (
        '<row r="3"><c r="B3" t="str"><v>person_id</v></c><c r="C3" t="str"><v>name</v></c></row>'
        '<row r="4"><c r="B4"/><c r="C4" t="str"><v> </v></c></row>'
        '<row r="9"><c r="C9" t="str"><v>Ann</v></c></row>'
        '<row r="10"><c r="B10" t="str"><v>P2</v></c></row>'
    )
    (table,) = read(xlsx(rows))

    assert (table.file, table.format, table.encoding) == ("case.xlsx#People", "xlsx", None)
    assert (table.headings, table.heading_line) == (["", "person_id", "name"], 3)
    assert cells(table) == [[None, None, "Ann"], [None, "P2", None]]
    assert (table.row.tolist(), table.line.tolist()) == ([1, 2], [9, 10])
    assert told(table) == []


def test_each_sheet_is_a_table_and_empty_ones_are_none():
    """Named after tables of a case folder, in any letters, or not."""
    book = book_of([["person_id"], ["P1"]], "PEOPLE")
    for title in ("ties.csv", "Legs", "Organizations", "Sheet4", "Empty"):
        book.create_sheet(title)
        if title != "Empty":
            book[title].append(["x"])
            book[title].append(["1"])
    found = read_spreadsheet(saved(book), "case.xlsx", Limits())

    assert [(table.file, name) for table, name in found] == [
        ("case.xlsx#PEOPLE", "people"), ("case.xlsx#ties.csv", "ties"),
        ("case.xlsx#Legs", "events"), ("case.xlsx#Organizations", "organisations"),
        ("case.xlsx#Sheet4", None),
    ]  # fmt: skip


def test_what_is_hidden_is_read_and_told():
    """Rows, columns and sheets."""
    book = book_of([["id", "name"], ["P1", "Ann"], ["P2", "Bo"]])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Ties").append(["source"])
    book["Ties"].append(["P1"])
    book["Ties"].sheet_state = "veryHidden"
    people, ties = read(saved(book))
    like = "is read like any other"

    assert cells(people) == [["P1", "Ann"], ["P2", "Bo"]]
    assert told(people) == [
        (1, "name", None, f"this column is hidden in the sheet; it {like}"),
        (3, None, None, f"this row is hidden in the sheet; it {like}"),
    ]
    assert told(ties) == [(None, None, None, f"this sheet is hidden in the file; it {like}")]


def test_merged_cells_and_comments_are_told_once():
    """The value counts for the first row, and that of a heading for the first column."""
    book = book_of([["id", "place", ""], ["P1", "Lào Cai"], ["P2"], ["P3", "Hà Nội"]])
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("B1:C1")
    book.active["A2"].comment = openpyxl.comments.Comment("seen twice", "invented")
    book.active["B4"].comment = openpyxl.comments.Comment("unsure", "invented")
    (table,) = read(saved(book))

    assert cells(table) == [["P1", "Lào Cai"], ["P2", None], ["P3", "Hà Nội"]]
    assert told(table) == [
        (None, None, None, "2 comments stand beside the cells; they are not read"),
        (1, "place", None,
         "the headings B1:C1 are merged; the text counts for the first cell only"),
        (2, "place", None, "the cells B2:B3 are merged; their value counts for the first only"),
    ]  # fmt: skip


def test_a_column_without_heading_is_kept_and_told():
    """A row is not lost for a remark at its end."""
    (table,) = read(saved(book_of([["id", "name"], ["P1", "Ann", None, "seen"], ["P2", "Bo"]])))

    assert table.headings == ["id", "name", "", ""]
    assert cells(table) == [["P1", "Ann", None, "seen"], ["P2", "Bo", None, None]]
    assert told(table) == [(1, "D", None, "no heading; the column is kept as 'column 4'")]


def test_macros_and_charts_are_told():
    """Neither is read; a chart is a sheet without cells."""
    parts = xlsx_parts(f"<row>{inline('a')}</row><row>{inline('1')}</row>")
    parts["xl/vbaProject.bin"] = "not run"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="Chart" sheetId="2" r:id="c"/></sheets>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Rel", '<Relationship Id="c" Type="x/chartsheet" Target="chart.xml"/></Rel'
    )
    (table,) = read(zipped(parts))

    assert [reason for *_, reason in told(table)] == [
        "the file holds macros; they are neither run nor read",
        "'Chart' is a chart or a macro, not a sheet of cells",
    ]


def test_a_file_with_nothing_in_it_is_refused():
    """Not even headings."""
    assert refusal(saved(book_of([]))) == "no sheet has anything in it"


WRITABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff")
    | st.sampled_from("\n\t=<>&\"'"),
    max_size=30,
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(WRITABLE, min_size=2, max_size=2), min_size=1, max_size=8))
def test_what_openpyxl_writes_is_read_back(rows):
    """Any text but for signs that XML cannot hold, without the spaces around it."""
    assume(not any("_x" in cell for row in rows for cell in row))
    book = book_of([["a", "b"]])
    for place, row in enumerate(rows, start=2):
        for number, cell in enumerate(row, start=1):
            book.active.cell(place, number).value = cell
            book.active.cell(place, number).data_type = "s"
    (table,) = read(saved(book))
    wanted = [
        [place, *(cell.strip() or None for cell in row)]
        for place, row in enumerate(rows, start=2) if any(rows[place - 2])
    ]  # fmt: skip

    found = [[line, *row] for line, row in zip(table.line.tolist(), cells(table), strict=True)]
    assert [row for row in found if any(row[1:])] == [row for row in wanted if any(row[1:])]


# OpenDocument


def test_each_type_of_value_of_opendocument_is_read():
    """Paragraphs and line breaks, spaces asked for, numbers, days, times, truth, errors."""
    value = "<table:table-cell office:value-type="
    rows = [
        text_cell("h"), text_cell("007"), text_cell("one</text:p><text:p>two"),
        text_cell("a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d  \n e"),
        text_cell("<text:span>sp</text:span>an"),
        f"{value}'float' office:value='84912345678'><text:p>8.49E+10</text:p></table:table-cell>",
        f"{value}'float' office:value='912345678'><text:p>0912345678</text:p></table:table-cell>",
        f"{value}'percentage' office:value='0.25'><text:p>25%</text:p></table:table-cell>",
        f"{value}'currency' office:value='12.5'><text:p>12,50 €</text:p></table:table-cell>",
        f"{value}'date' office:date-value='2019-05-03'><text:p>3/5/19</text:p></table:table-cell>",
        f"{value}'date' office:date-value='2019-05-03T14:30:00'/>",
        f"{value}'date' table:style-name='c' office:date-value='2019-05-01'/>",
        f"{value}'date' table:style-name='c' office:date-value='2019-05-03'/>",
        f"{value}'time' office:time-value='PT14H30M00S'/>",
        f"{value}'time' office:time-value='PT36H00M00.500S'/>",
        f"{value}'boolean' office:boolean-value='true'/>",
        f"{value}'string' office:string-value='stored'/>",
        f"{value}'string' calcext:value-type='error'><text:p>#N/A</text:p></table:table-cell>",
        "<table:table-cell table:formula='of:=SUM([.A1])' office:value-type='float' "
        "office:value='3'/>",
        "<table:table-cell table:formula='of:=SUM([.A2])'/>",
    ]  # fmt: skip
    styles = (
        "<number:date-style style:name='d'><number:month/><number:year/></number:date-style>"
        "<style:style style:name='c' style:family='table-cell' style:data-style-name='d'/>"
    )
    (table,) = read(ods(ods_sheet(*rows), styles=styles))

    assert (table.format, table.headings) == ("ods", ["h"])
    assert table.columns[0].tolist() == [
        "007", "one\ntwo", "a  b\tc\nd e", "span", "84912345678", "0912345678", "0.25", "12.5",
        "2019-05-03", "2019-05-03T14:30:00", "2019-05", "2019-05-03", "14:30:00", "36:00:00.5",
        "TRUE", "stored", "#N/A", "3", "=SUM([.A2])",
    ]  # fmt: skip
    assert told(table) == [
        (18, "h", "#N/A", "the sheet shows an error here; it is kept as text"),
        (19, "h", None, "a formula; its stored result is used"),
        (20, "h", "=SUM([.A2])", "a formula without a stored result; its own text is kept"),
    ]


def test_repeated_cells_and_rows_are_unfolded_where_something_stands():
    """The empty million at the end, which every such file has, costs nothing."""
    (table,) = read(ods(ods_sheet(
        text_cell("a") + text_cell("b", 'table:number-columns-repeated="2"')
        + '<table:table-cell table:number-columns-repeated="16381"/>',
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
        '<table:table-row table:number-rows-repeated="2">' + text_cell("x")
        + '<table:table-cell table:number-columns-repeated="1"/>' + text_cell("y")
        + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>',
    )))  # fmt: skip

    assert table.headings == ["a", "b", "b"]
    assert cells(table) == [["x", None, "y"], ["x", None, "y"]]
    assert table.line.tolist() == [5, 6]


def test_what_is_no_cell_of_opendocument_is_left_out_and_told():
    """Comments are counted; pictures, tracked changes and copies of other files passed over."""
    table_of_other_file = ods_sheet(text_cell("stale"), name="'file:///x.ods'#$A")
    changes = f"<table:tracked-changes>{text_cell('old')}</table:tracked-changes>"
    note = "<office:annotation><text:p>a remark</text:p></office:annotation>"
    frame = "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"
    wide = text_cell("x", 'table:number-columns-spanned="1" table:number-rows-spanned="2"')
    (table,) = read(ods(changes + ods_sheet(
        text_cell("h"),
        f'<table:table-cell office:value-type="string">{note}<text:p>v{note}w</text:p>{frame}'
        "</table:table-cell>",
        f'<table:table-row table:visibility="collapse">{wide}</table:table-row>',
        "<table:covered-table-cell/>", text_cell("y"),
    ) + table_of_other_file))  # fmt: skip

    assert cells(table) == [["vw"], ["x"], ["y"]]
    assert told(table) == [
        (None, None, None, "2 comments stand beside the cells; they are not read"),
        (None, None, None, "a copy of cells of another file ('file:///x.ods'#$A) is not read"),
        (3, None, None, "this row is hidden in the sheet; it is read like any other"),
        (3, "h", None, "the cells A3:A4 are merged; their value counts for the first only"),
    ]


def test_hidden_sheets_and_columns_of_opendocument_are_told():
    """A style hides a sheet, an attribute a column."""
    styles = (
        "<style:style style:name='ta' style:family='table'>"
        "<style:table-properties table:display='false'/></style:style>"
    )
    rows = f"<table:table-row>{text_cell('h')}</table:table-row>" * 2
    (table,) = read(ods(
        '<table:table table:name="People" table:style-name="ta"><table:table-column '
        f'table:visibility="collapse" table:number-columns-repeated="9"/>{rows}</table:table>',
        styles=styles,
    ))  # fmt: skip
    like = "is read like any other"

    assert told(table) == [
        (None, None, None, f"this sheet is hidden in the file; it {like}"),
        (1, "h", None, f"this column is hidden in the sheet; it {like}"),
    ]


def test_what_is_folded_away_in_opendocument_is_read_and_told():
    """A group of rows or columns that is folded hides them without a word on each."""
    rows = [f"<table:table-row>{text_cell(one)}</table:table-row>" for one in "hxyz"]
    (table,) = read(ods(
        '<table:table table:name="People"><table:table-column-group table:display="false">'
        "<table:table-column/></table:table-column-group>"
        f'{rows[0]}<table:table-row-group table:display="false"><table:table-row-group>{rows[1]}'
        f"</table:table-row-group></table:table-row-group><table:table-row-group>{rows[2]}"
        f"</table:table-row-group>{rows[3]}</table:table>"
    ))  # fmt: skip
    like = "is hidden in the sheet; it is read like any other"

    assert cells(table) == [["x"], ["y"], ["z"]]
    assert told(table) == [
        (1, "h", None, f"this column {like}"),
        (2, None, None, f"this row {like}"),
    ]


@pytest.mark.parametrize("column", ["holder", "currency", "Tiền tệ"])
@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_a_currency_that_only_a_format_names_is_told(form, column):
    """Not where a column is there for it, and not for a date or a plain number."""
    if form == "ods":
        money = (
            '<table:table-cell office:value-type="currency" office:currency="VND" '
            'office:value="1500.5"><text:p>1.500,50 ₫</text:p></table:table-cell>'
        )
        heads = text_cell("amount") + text_cell("n") + text_cell(column)
        plain = '<table:table-cell office:value-type="float" office:value="3"/>'
        (table,) = read(ods(ods_sheet(heads, money + plain + text_cell("x"))))
    else:
        book = book_of([["amount", "n", column], [1500.5, 3, "x"]])
        book.active["A2"].number_format = "#,##0.00 [$VND-42A]"
        book.active["B2"].number_format = "[$-409]0"
        (table,) = read(saved(book))
    reason = "only the format of the cell names a currency VND; the number is kept without it"

    assert cells(table) == [["1500.5", "3", "x"]]
    assert told(table) == ([(2, "amount", None, reason)] if column == "holder" else [])


WRITES = "only the format of the cell writes '{}' beside the number; the number is kept without it"
NAMES = "only the format of the cell names a currency {}; the number is kept without it"


def number_style(name, *parts, kind="number"):
    """A number format of OpenDocument: texts, and a nought where the number stands."""
    inner = "".join(
        '<number:number number:min-integer-digits="1"/>' if one == "0"
        else one if one.startswith("<") else f"<number:text>{one}</number:text>"
        for one in parts
    )  # fmt: skip
    return f'<number:{kind}-style style:name="{name}">{inner}</number:{kind}-style>'


def cell_style(name, data="", parent=""):
    """A style of cells, with a format of its own or that of another style."""
    own = f' style:data-style-name="{data}"' if data else ""
    after = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="table-cell"{own}{after}/>'


def number_cell(number, style="ce1"):
    """A number as OpenDocument stores it."""
    named = f'table:style-name="{style}"' if style else ""
    return f'<table:table-cell {named} office:value-type="float" office:value="{number}"/>'


def instead(condition, name):
    """A format that is there for some numbers."""
    return f'<style:map style:condition="value(){condition}" style:apply-style-name="{name}"/>'


OWED = number_style("N0", "0") + number_style("N1", "nợ ", "0", instead("&gt;=0", "N0"))


@pytest.mark.parametrize(
    ("code", "styles", "number", "told_of"),
    [
        ('0" approx"', number_style("N1", "0", " approx"), "5", [WRITES.format("approx")]),
        ('"ca. "0', number_style("N1", "ca. ", "0"), "5", [WRITES.format("ca.")]),
        ('"P"000', number_style("N1", "P", "0"), "1", [WRITES.format("P")]),
        (r"0\ \k\g", number_style("N1", "0", " kg"), "5", [WRITES.format("kg")]),
        ('"ca. "0" km"', number_style("N1", "ca. ", "0", " km"), "5", [WRITES.format("ca. … km")]),
        ('0" – "', number_style("N1", "0", " – "), "5", []),
        ('0_k"%"', number_style("N1", "0", "%", kind="percentage"), "0.5", []),
        (
            '0;"nợ "0', OWED,
            "-5", [WRITES.format("nợ")],
        ),
        (
            '0;"nợ "0', OWED,
            "5", [],
        ),
        (
            '[=1]"Nữ";[=2]"Nam";0',
            number_style("F", "Nữ") + number_style("M", "Nam")
            + number_style("N1", "0", instead("=1", "F"), instead("=2", "M")),
            "2", [WRITES.format("Nam")],
        ),
        (
            '0" /tháng" [$₫]',
            number_style(
                "N1", "0", " /tháng", "<number:currency-symbol>₫</number:currency-symbol>",
                kind="currency",
            ),
            "900", [NAMES.format("₫"), WRITES.format("/tháng")],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_what_only_a_format_writes_is_told(form, code, styles, number, told_of):
    """P001 is the number 1, and about 5 is 5; ODS lost such a text without a word."""
    if form == "ods":
        (table,) = read(ods(
            ods_sheet(text_cell("n"), number_cell(number)), styles=styles + cell_style("ce1", "N1")
        ))  # fmt: skip
    else:
        book = book_of([["n"], [float(number) if "." in number else int(number)]])
        book.active["A2"].number_format = code
        (table,) = read(saved(book))

    assert cells(table) == [[number]]
    assert told(table) == [(2, "n", None, reason) for reason in told_of]


@pytest.mark.parametrize(
    ("cell", "row", "column"),
    [
        (number_cell(5, "ce2"), "", ""),
        (number_cell(5, ""), 'table:default-cell-style-name="ce1"', ""),
        (number_cell(5, ""), "", 'table:default-cell-style-name="ce1"'),
    ],
)
def test_a_format_may_come_from_another_style_a_row_or_a_column(cell, row, column):
    """OpenDocument leaves out what a cell shares with its neighbours."""
    styles = (
        number_style("N1", "0", " approx") + cell_style("ce1", "N1") + cell_style("ce2", "", "ce1")
    )
    (table,) = read(ods(
        f'<table:table table:name="People"><table:table-column {column}/>'
        f"<table:table-row>{text_cell('n')}</table:table-row>"
        f"<table:table-row {row}>{cell}</table:table-row></table:table>",
        styles=styles,
    ))  # fmt: skip

    assert told(table) == [(2, "n", None, WRITES.format("approx"))]


def test_styles_that_are_made_after_each_other_end():
    """A circle of styles says nothing."""
    styles = cell_style("ce1", "", "ce2") + cell_style("ce2", "", "ce1")
    (table,) = read(ods(ods_sheet(text_cell("n"), number_cell(5)), styles=styles))

    assert (cells(table), told(table)) == ([["5"]], [])


def test_many_currencies_are_told_of_in_little_time():
    """A sheet in which every cell names one of its own."""
    rows = [
        f'<table:table-cell office:value-type="currency" office:currency="X{number}" '
        f'office:value="{number}"/>'
        for number in range(1, 30_001)
    ]
    (table,) = read(ods(ods_sheet(text_cell("h"), *rows)), Limits(seconds=LONGEST_S))

    assert len(table.row) == 30_000
    assert len({finding.reason for finding in table.findings}) == 21


def test_what_odfdo_writes_is_read_back():
    """A library that writes OpenDocument gives the fixture: text, a date, numbers, empty cells."""
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    sheet = odfdo.Table("People")
    sheet.set_values([
        ["id", "born", "n"],
        ["P1", date(1990, 5, 3), 84912345678],
        ["Đỗ <b> & =A1", None, 0.5],
    ])  # fmt: skip
    document.body.append(sheet)
    written = io.BytesIO()
    document.save(written)
    (table,) = read(written.getvalue())

    assert table.headings == ["id", "born", "n"]
    assert cells(table) == [["P1", "1990-05-03", "84912345678"], ["Đỗ <b> & =A1", None, "0.5"]]


# What is refused


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
ROWS = f"<row>{inline('a')}</row><row>{inline('1')}</row>"


def with_part(name, content):
    """A good workbook with one part more, or one replaced."""
    return zipped(xlsx_parts(ROWS) | {name: content})


def twice(name):
    """A good workbook in which a name stands twice."""
    packed = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(name, "second")
    return packed.getvalue()


def test_other_files_are_known_by_their_content():
    """Whatever they are called, and with what to do instead."""
    mime = "application/vnd.oasis.opendocument.text"
    found = {
        "xls": refusal(OLE + "Workbook\0".encode("utf-16-le")),
        "password": refusal(OLE + "EncryptedPackage".encode("utf-16-le")),
        "doc": refusal(OLE),
        "xlsb": refusal(zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""})),
        "docx": refusal(zipped({"[Content_Types].xml": "", "word/document.xml": ""})),
        "numbers": refusal(zipped({"Index/Document.iwa": ""})),
        "odt": refusal(zipped({"mimetype": mime, "content.xml": ""})),
        "zip": refusal(zipped({"people.csv": "person_id\nA"})),
        "locked ods": refusal(ods("", manifest="<manifest:encryption-data/>")),
    }

    assert found == {
        "xls": "this is an old Excel file (.xls)",
        "password": "it is protected by a password",
        "doc": "this is an old Office file",
        "xlsb": "this is a binary workbook (.xlsb)",
        "docx": "this is a Word document",
        "numbers": "this is an Apple Numbers file",
        "odt": "this is an OpenDocument file, but no spreadsheet",
        "zip": "this is a zip, but no spreadsheet",
        "locked ods": "it is protected by a password",
    }


PARTS = xlsx_parts(ROWS)
SHEET = PARTS["xl/worksheets/sheet1.xml"]
SAME_PART = PARTS["xl/workbook.xml"].replace("</sheets>", '<sheet name="B" r:id="r1"/></sheets>')
TEXT_DOCTYPE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'


def without(parts, word):
    """A workbook that has lost the parts with a word in their name."""
    return zipped({name: content for name, content in parts.items() if word not in name})


DAMAGED = {
    "shared text 0 does not exist; there are 0": xlsx("<row><c t='s'><v>0</v></c></row>"),
    "sheet 'People', cell A1: damaged: shared text 7 does not exist; there are 1": xlsx(
        "<row><c t='s'><v>7</v></c></row>", strings="<si><t>x</t></si>"
    ),
    "damaged: 'xl/sharedStrings.xml' is missing in the zip": without(
        xlsx_parts(ROWS, strings=""), "Strings"
    ),
    "damaged: 'xl/worksheets/sheet1.xml' is missing in the zip": without(PARTS, "sheet1"),
    "damaged: xl/worksheets/sheet1.xml, line 2, column 6: mismatched tag": xlsx("<row>\n<c></row>"),
    "line 1, column 181: no element found": with_part("xl/worksheets/sheet1.xml", SHEET[:-30]),
    "row 2 stands after row 2": xlsx('<row r="2"/><row r="2"/>'),
    "row 1048577 stands after row 0": xlsx('<row r="1048577"/>'),
    "the number of a row is 'x', which is no number": xlsx('<row r="x"/>'),
    "cell A1 stands after A": xlsx('<row r="1"><c r="A1"/><c r="A1"/></row>'),
    "a cell of row 1 calls itself 'A2'": xlsx('<row r="1"><c r="A2"/></row>'),
    "a cell outside of any row": xlsx('<c r="A2"/>'),
    "it has two values": xlsx("<row><c><v>1</v><v>2</v></c></row>"),
    "'z' is no type of cell": xlsx("<row><c t='z'><v>1</v></c></row>"),
    "'xl/workbook.xml' stands twice in the zip": twice("xl/workbook.xml"),
    "the sheet 'B' has no part of its own": with_part("xl/workbook.xml", SAME_PART),
    "names no sheets": with_part("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>'),
    "'_rels/.rels' names no workbook": with_part("_rels/.rels", "<x/>"),
    "the zip holds '../../evil.xml', a name that leads out": with_part("../../evil.xml", ""),
    "the zip holds '/etc/evil', a name that leads out": with_part("/etc/evil", ""),
    "the zip holds 'xl\\..\\evil', a name that leads out": with_part("xl\\..\\evil", ""),
    "the zip holds 'C:evil', a name that leads out": with_part("C:evil", ""),
    "compressed in a way that spreadsheet": zipped(PARTS, zipfile.ZIP_BZIP2),
    "a document type or entities at line 1": with_part("xl/workbook.xml", TEXT_DOCTYPE),
    "XML deeper than 50 levels": xlsx("<a>" * 100 + "</a>" * 100),
    "sheet 'People', cell XFD1: more than 2000 columns": xlsx(
        '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="XFD1"><v>1</v></c></row>'
    ),
    "column XFE does not exist": xlsx('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
    "2001 files in the zip; more than 2000": zipped({f"{n}": "" for n in range(2_001)}),
    "number-rows-repeated is '1e9', which is no number": ods(ods_sheet(
        f'<table:table-row table:number-rows-repeated="1e9">{text_cell("x")}</table:table-row>'
    )),
    "sheet 'People', cell A1: more than 2000 columns": ods(
        ods_sheet(text_cell("x", 'table:number-columns-repeated="16384"'))
    ),
    "a cell of 999999999 characters": ods(ods_sheet(text_cell('<text:s text:c="999999999"/>'))),
    "'z' is no type of value": ods(ods_sheet('<table:table-cell office:value-type="z"/>')),
    "a table within a table": ods(ods_sheet(text_cell(ods_sheet("")))),
}  # fmt: skip


@pytest.mark.parametrize("reason", DAMAGED)
def test_a_damaged_or_hostile_file_is_refused_with_one_reason(reason):
    """No first half of it is used."""
    assert reason in refusal(DAMAGED[reason])


def test_entities_are_refused_before_they_grow():
    """A billion laughs among the shared strings."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    strings = f'<!DOCTYPE sst [{entities}]><sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>'
    parts = xlsx_parts("<row><c t='s'><v>0</v></c></row>", strings="")

    assert refusal(zipped(parts | {"xl/sharedStrings.xml": strings})) == (
        "it declares a document type or entities at line 1, column 15"
    )


def test_the_place_of_a_fault_is_told():
    """The row of the sheet and the column's letter."""
    rows = f'<row r="4">{inline("a")}</row><row r="7"><c r="C7" t="s"><v>3</v></c></row>'
    (table,) = read(xlsx(rows))
    (problem,) = table.receipt().problems

    assert (problem.line, problem.column) == (7, "C")


def survives(data, limits=None):
    """A file ends in tables that add up, or one reason, in time."""
    before = time.perf_counter()
    tables = read(data, limits)
    assert time.perf_counter() - before < LONGEST_S
    for table in tables:
        receipt = table.receipt()
        assert receipt.rows_read == receipt.rows_used + receipt.rows_refused
    assert all(table.fatal for table in tables) == (len(tables) == 1 and tables[0].fatal)
    return tables


def million_rows(cell):
    """A row of OpenDocument that says of itself that it stands there a million times."""
    return ods(ods_sheet(
        f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    ))  # fmt: skip


BOMBS = {
    "ratio": lambda: with_part("xl/media/bomb", bytes(60_000_000)),
    "rows": lambda: million_rows(text_cell("x", 'table:number-columns-repeated="2000"')),
    "long rows": lambda: million_rows(text_cell("x" * 900_000)),
    "long texts": lambda: xlsx(
        ("<row>" + "<c t='s'><v>0</v></c>" * 4 + "</row>") * 3_000,
        strings=f"<si><t>{'x' * 900_000}</t></si>",
    ),
    "nested zip": lambda: with_part("xl/inner.zip", zipped({"a": xlsx(ROWS)})),
    "many strings": lambda: xlsx(ROWS, strings="<si><t/></si>" * 1_000_000),
    "many cells": lambda: xlsx(("<row>" + "<c><v>1</v></c>" * 1_000 + "</row>") * 600),
    "attributes": lambda: xlsx("<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    "merged": lambda: xlsx(ROWS, after='<mergeCell ref="A2:B3"/>' * 100_000),
    "one text": lambda: xlsx(f"<row>{inline('x' * 9_000_000)}</row>"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_given_up_in_time(bomb):
    """Whatever it is made of."""
    assert survives(BOMBS[bomb](), Limits(seconds=3))


def test_a_bomb_that_wants_all_memory_is_stopped():
    """Shared texts of a few hundred megabytes against a bound of sixty-four."""
    pytest.importorskip("resource", reason="the system does not bound memory")
    strings = "".join(f"<si><t>{n:080}</t></si>" for n in range(300_000))

    assert refusal(xlsx(ROWS, strings=strings), Limits(memory_bytes=64_000_000)) == (
        "reading it took more than 64 MB of memory"
    )


@pytest.mark.parametrize(
    ("setting", "reason"),
    [("rows=1", "more than 1 rows"), ("cells=1", "more than 1 cells"),
     ("columns=1", "more than 1 columns"), ("cell_characters=3", "a cell of 4 characters"),
     ("depth=3", "XML deeper than 3 levels"),
     ("members=2", "5 files in the zip; more than 2"), ("file_bytes=10", "more than 10"),
     ("unpacked_bytes=10", "more than 10")],
)  # fmt: skip
def test_every_limit_holds_and_can_be_moved(setting, reason):
    """The hint names the limit to move."""
    data = xlsx(f"<row>{inline('a')}{inline('long')}</row>" + ROWS)
    (table,) = read(data, Limits.parse([setting]))
    (problem,) = table.receipt().problems

    assert reason in problem.reason
    assert f"--limit {setting.partition('=')[0]}=" in problem.hint
    assert not read(data)[0].fatal


def good_files():
    """A workbook by openpyxl and an OpenDocument file, small."""
    book = book_of(
        [["person_id", "name", "born"], ["P1", "Ann", date(1990, 5, 3)], ["P2", "Bo", 7]]
    )
    book.create_sheet("Ties").append(["source", "target"])
    rows = [text_cell("source") + text_cell("target"), text_cell("A") + text_cell("B")]
    return {"xlsx": saved(book), "ods": ods(ods_sheet(*rows))}


def outcome(data):
    """What the parser says in this process: its lines, or that it refuses; nothing else."""
    stream = io.BytesIO()
    try:
        read_in_child(data, Bounds(Limits().as_dict()), Answers(stream))
    except RefusalError as error:
        return None if error.reason and error.hint else b"a refusal without words"
    return stream.getvalue()


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_file_cut_short_anywhere_is_refused(form):
    """At every fiftieth of its length."""
    data = good_files()[form]

    assert [outcome(data[: len(data) * part // 50]) for part in range(50)] == [None] * 50
    assert outcome(data)
    assert survives(data[: len(data) // 2])[0].fatal


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_flipped_bit_never_changes_a_value(form):
    """Checksums find it, or it lies where nothing of a table does."""
    data = good_files()[form]
    whole = outcome(data)
    chance = random.Random(3)
    for _ in range(300):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)

        assert outcome(bytes(flipped)) in (None, whole)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_damage_within_the_parts_never_upsets_the_parser(form):
    """Bytes of each XML part cut, doubled or changed, and zipped anew with right checksums."""
    with zipfile.ZipFile(io.BytesIO(good_files()[form])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(4)
    for _ in range(300):
        name = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
        content = parts[name]
        start = chance.randrange(len(content))
        stop = start + chance.randrange(1, 9)
        middle = chance.choice([b"", content[start:stop] * 2, chance.randbytes(2), b"99999", b"-1"])

        outcome(zipped(parts | {name: content[:start] + middle + content[stop:]}))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_after_the_mark_of_a_zip_are_refused(data):
    """In the child as it is used."""
    assert refusal(b"PK\x03\x04" + data)


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    """No temporary file, and no process, after good files and bad."""
    started = []
    start = subprocess.Popen

    def starting(*arguments, **options):
        started.append(start(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", starting)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for data in (*good_files().values(), b"PK\x03\x04", BOMBS["rows"]()):
        survives(data, Limits(seconds=1))

    assert list(tmp_path.iterdir()) == []
    assert len(started) == 4
    assert [child.poll() is None for child in started] == [False] * 4


def test_letters_name_columns():
    """As spreadsheets do."""
    assert [letters(n) for n in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_the_answer_of_the_child_is_what_the_parser_says():
    """The same lines, through the pipe."""
    said = []
    run_apart("spreadsheet", xlsx(ROWS), Limits(), said.append)

    assert said == [
        ["format", "xlsx"], ["sheet", "People", False], ["row", 1, ["a"]], ["row", 2, ["1"]],
    ]  # fmt: skip
