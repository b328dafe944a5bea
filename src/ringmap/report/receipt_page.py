"""The import receipt as a page that can be printed and put into the file."""

import re

from ringmap.records import FileReceipt, Problem, Receipt
from ringmap.report.frame import whole_page
from ringmap.report.markup import Markup, element, join, legible
from ringmap.report.parts import paragraph, table
from ringmap.report.wording import Wording, wording_in

#: The page tells so many problems of a file; the receipt as JSON has all.
MOST_PROBLEMS = 500
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render_receipt(receipt: Receipt, *, title: str, read_at: str, language: str = "en") -> str:
    """The receipt as HTML text, in English (``en``) or Vietnamese (``vi``).

    Every file with its checksum and counts, then each problem with row, line and column. What
    stands in the cells is left out, for it may name a victim: row and column lead to it.
    Reasons are in English.

    Raises
    ------
    OutputError
        If the page does not speak the language.
    """
    words = wording_in(language)
    state = "receipt_whole" if receipt.accepted else "receipt_part"
    counts = {
        name: words.number(count)
        for name, count in (("read", receipt.rows_read), ("used", receipt.rows_used),
                            ("refused", receipt.rows_refused))
    }  # fmt: skip
    shown = _unturned(legible(title))
    head = element(
        "header",
        paragraph(words.say("receipt_kicker"), class_="kicker"),
        element("h1", shown),
        paragraph(words.say("receipt_read_at", when=read_at), class_="small"),
        element(
            "div",
            paragraph(element("strong", words.say("receipt_counts", **counts))),
            paragraph(words.say(state)),
            class_="banner", role="note",
        ),
    )  # fmt: skip
    sections = [_problems(words, file) for file in receipt.files if file.findings]
    main = element(
        "main", element("h2", words.say("receipt_files")), _files(words, receipt), *sections,
        paragraph(words.say("receipt_made_with"), class_="small"),
    )  # fmt: skip
    return whole_page(shown, language, head, main)


def _unturned(text: str) -> str:
    """Text in which marks that turn the direction of writing are named, and turn nothing."""
    return _TURNING.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", text)


def _files(words: Wording, receipt: Receipt) -> Markup:
    rows = [
        (
            element("bdi", _unturned(file.file)), file.format, file.encoding or "",
            words.number(file.rows_read), words.number(file.rows_used),
            words.number(file.rows_refused), words.say(f"receipt_{_state(file)}"),
            element("code", file.sha256[:32], element("wbr"), file.sha256[32:]),
        )
        for file in receipt.files
    ]  # fmt: skip
    names = ("file", "format", "encoding", "read", "used", "refused", "state", "sha256")
    heads = [words.say(f"receipt_col_{name}") for name in names]
    return table(heads, rows, numbers=(3, 4, 5), caption=words.say("receipt_files"))


def _state(file: FileReceipt) -> str:
    if not file.accepted:
        return "not_accepted"
    return "accepted"


def _problems(words: Wording, file: FileReceipt) -> Markup:
    problems = file.problems
    names = ("severity", "rows", "line", "column", "reason", "hint")
    heads = [words.say(f"receipt_col_{name}") for name in names]
    rows = [_problem(words, one) for one in problems[:MOST_PROBLEMS]]
    left = len(problems) - len(rows)
    more = paragraph(words.say("receipt_more", count=words.number(left))) if left else None
    told = table(heads, rows, caption=_unturned(file.file))
    return element("section", element("h2", element("bdi", _unturned(file.file))), told, more)


def _problem(words: Wording, problem: Problem) -> tuple[object, ...]:
    where = problem.rows or ("" if problem.row is None else str(problem.row))
    count = f" ({words.number(problem.count)})" if problem.count > 1 else ""
    return (
        words.say(f"receipt_{problem.severity}"), join(where, count),
        "" if problem.line is None else str(problem.line),
        element("bdi", _unturned(problem.column or "")), _unturned(problem.reason),
        _unturned(problem.hint),
    )  # fmt: skip
