"""What must hold of every reading, whatever was read."""

import json
import re
from pathlib import Path

from ringmap.errors import RingmapError
from ringmap.records import Limits, Receipt, RecordMapping, read, receipt_json

_LINE_END = re.compile(rb"\r\n|\n|\r")


def outcome(
    source: Path, limits: Limits | None = None, *, mapping: RecordMapping | Path | None = None
) -> tuple[str, Receipt | None]:
    """One line and no receipt, or no line and a receipt; both are checked."""
    try:
        receipt = read(source, limits=limits, mapping=mapping).receipt
    except RingmapError as error:
        line, hint = str(error), error.hint
    else:
        check_receipt(receipt)
        return "", receipt
    assert hint or mapping is not None  # what is wrong with a mapping says what is expected
    assert "\n" not in line
    line.encode()
    return line, None


def check_receipt(receipt: Receipt) -> None:
    """Sums hold, every refusal has row and line, everything can be written down."""
    told = json.loads(receipt_json(receipt).encode())
    assert told["rows_read"] == told["rows_used"] + told["rows_refused"]
    for name in ("rows_read", "rows_used", "rows_refused"):
        assert told[name] == sum(file[name] for file in told["files"])
    for file in told["files"]:
        assert file["file"]
        assert file["rows_read"] == file["rows_used"] + file["rows_refused"]
        assert 0 <= file["rows_refused"] <= file["rows_read"]
        named = 0
        for problem in file["problems"]:
            assert all(problem[part].strip() for part in ("reason", "hint")), problem
            assert "\n" not in problem["reason"] + problem["hint"], problem
            if problem["severity"] == "refused":
                assert None not in (problem["row"], problem["line"]), problem
                named += problem.get("count", 1)
            assert problem["row"] is None or 1 <= problem["row"] <= file["rows_read"], problem
            assert problem["line"] is None or problem["line"] >= 1, problem
        fatal = any(one["severity"] == "fatal" for one in file["problems"])
        assert file["accepted"] is not fatal
        assert fatal or named >= file["rows_refused"], file


def check_lines(receipt: Receipt, data: bytes) -> None:
    """No problem lies beyond the last line of a text file."""
    last = len(_LINE_END.findall(data)) + 1
    for _, problem in receipt.problems():
        assert problem.line is None or problem.line <= last, problem
