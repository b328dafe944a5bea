"""Import receipts to print or keep: a line for each problem, with file, row and what to do."""

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from ringmap.errors import FormError, one_line
from ringmap.records import Receipt, receipt_json
from ringmap.workflow.tables import format_tables, readable

_FILE = ("file", "rows_read", "rows_used", "rows_refused", "accepted")
_RECEIPT = ("file", "severity", "row", "line", "column", "value", "reason", "hint", "count", "rows")
#: A line of a receipt names so many rows or spans of rows.
_MOST_SPANS = 8


def format_receipt(receipt: Receipt, form: Literal["table", "csv"]) -> str:
    """A receipt to read: files with their counts, then each problem.

    There problems that differ only in their row are told once, with the rows. As CSV it is one
    table with a row per problem, before which stand the file and its counts; a file without a
    problem has a row of its own.
    """
    if form == "csv":
        return _flat(receipt)
    problems = pd.DataFrame(
        [{"file": file, "count": 1, **problem.as_dict()} for file, problem in receipt.problems()],
        columns=list(_RECEIPT),
    ).astype({"row": "Int64", "line": "Int64"})
    files = pd.DataFrame(
        [
            {"file": one.file, "read": one.rows_read, "used": one.rows_used,
             "refused": one.rows_refused, "accepted": one.accepted}
            for one in receipt.files
        ]
    )  # fmt: skip
    total = (
        f"{receipt.rows_read} rows read, {receipt.rows_used} used, {receipt.rows_refused} refused"
    )
    tables = readable("files", files, list(files.columns), alone=True)
    return f"{tables}{total}\n" + "".join(_folded(problems))


def _flat(receipt: Receipt) -> str:
    rows = []
    for file in receipt.files:
        about = {name: getattr(file, name) for name in _FILE}
        told = [{"count": 1, **problem.as_dict()} for problem in file.problems]
        rows += [about | problem for problem in told] or [about]
    table = pd.DataFrame(rows, columns=list(dict.fromkeys((*_FILE, *_RECEIPT))), dtype=object)
    # A spreadsheet program would make 3 March of "3-3".
    spans = table["rows"].astype("str").str.replace("-", " to ", regex=False)
    return format_tables({"receipt": table.assign(rows=spans)}, "csv", brief={})


def _folded(problems: pd.DataFrame) -> Iterable[str]:
    keys = ["file", "severity", "column", "reason", "hint"]
    for key, group in problems.groupby(keys, sort=False, dropna=False):
        file, severity, column, reason, hint = key
        spans = [
            span
            for row, rows in zip(group["row"], group["rows"], strict=True)
            for span in (rows.split(", ") if isinstance(rows, str) else [str(row)])
            if span != "<NA>"
        ]
        where = f" row {', '.join(spans[:_MOST_SPANS])}" if spans else ""
        more = " and more" if len(spans) > _MOST_SPANS else ""
        count = int(group["count"].sum())
        more += f" ({count} rows)" if count > _MOST_SPANS else ""
        named = f" '{column}'" if isinstance(column, str) else ""
        values = [str(value) for value in group["value"].dropna().unique()[:3]]
        told = f" ({', '.join(values)})" if values else ""
        yield one_line(f"{severity}: {file}{where}{more}{named}: {reason}{told}; {hint}") + "\n"


def check_receipt_form(suffix: str) -> None:
    """Make sure, before anything is read, that a receipt can be written in that form.

    Raises
    ------
    FormError
        If there is no receipt of that form.
    """
    if suffix.lower() not in (".html", ".htm", ".csv", ".json"):
        raise FormError(f"no receipt of the form '{suffix}'", hint="name a .html, .csv or .json")


def receipt_text(receipt: Receipt, suffix: str, *, title: str, read_at: str, language: str) -> str:
    """A receipt as a file: a page, CSV or JSON by suffix.

    Raises
    ------
    FormError
        If there is no receipt of that form.
    """
    check_receipt_form(suffix)
    if suffix in (".html", ".htm"):
        from ringmap.report import render_receipt  # and with it all of analysis

        return render_receipt(receipt, title=title, read_at=read_at, language=language)
    if suffix == ".csv":
        # The mark by which spreadsheet programs know UTF-8.
        return "\ufeff" + format_receipt(receipt, "csv")
    return receipt_json(receipt) + "\n"
