"""Refused rows written down, to be corrected and loaded again."""

from collections.abc import Sequence
from pathlib import Path

from ringmap.errors import OutputError
from ringmap.records import Rejected
from ringmap.workflow.writing import write_text

#: By which spreadsheet programs know UTF-8.
_MARK = "\ufeff"


def check_target(target: Path) -> None:
    """Make sure, before anything is read, that refused rows can be written there.

    Raises
    ------
    OutputError
        If a folder of that name holds something already.
    """
    if not target.suffix and target.is_dir() and any(target.iterdir()):
        raise OutputError("the folder is not empty", file=str(target), hint="name a new one")


def write_rejected(rejected: Sequence[Rejected], target: Path) -> tuple[Path, ...]:
    """Write refused rows: one table to a ``.csv`` file, any number of them into a folder.

    The folder has a file for each table, named after it, and can be read as a case folder.

    Raises
    ------
    OutputError
        If the rows of several tables are to go into one file, the folder holds something
        already, or it cannot be written.
    """
    if not rejected:
        return ()
    if target.suffix:
        if len(rejected) > 1:
            raise OutputError(
                f"rows of {len(rejected)} tables do not fit into one file", file=str(target),
                hint="name a folder, without a suffix",
            )  # fmt: skip
        return (write_text(target, _MARK + rejected[0].text),)
    try:
        target.mkdir(mode=0o700, exist_ok=True)
        check_target(target)
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})", file=str(target), hint="check your rights"
        ) from error
    names = _distinct([one.name for one in rejected])
    return tuple(
        write_text(target / name, _MARK + one.text)
        for name, one in zip(names, rejected, strict=True)
    )


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of files, a number behind one that stands in the list before."""
    found: list[str] = []
    for name in names:
        path, number = Path(name), 1
        while name in found:
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        found.append(name)
    return found
