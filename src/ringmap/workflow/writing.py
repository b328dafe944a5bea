"""Put text into files that only their owner may read, whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ringmap.errors import OutputError
from ringmap.store import is_store

_PAGES = (".html", ".htm")


def check_outputs(targets: Iterable[Path], read_from: Iterable[Path]) -> None:
    """Make sure, before anything is read, that files to be written harm no records.

    Raises
    ------
    OutputError
        If one is a store, is read from, or stands already in a folder that is (unless it is a
        page); if two are the same, or the folder of one is not there.
    """
    sources, checked = list(read_from), list[Path]()
    for target in targets:
        try:
            _refuse_records(target, sources)
            there = target.absolute().parent.is_dir()
        except OSError as error:
            raise _refusal(target, error) from error
        if not there:
            raise OutputError("no such folder", file=str(target.parent), hint="make it first")
        if _real(target) in checked:
            raise OutputError("is to be written twice", file=str(target), hint="name two files")
        checked.append(_real(target))


def _refuse_records(target: Path, sources: Sequence[Path]) -> None:
    here, is_page = _real(target), target.suffix.lower() in _PAGES
    for source in sources:
        among = target.is_file() and not is_page and _belongs_to(target, source)
        if here == _real(source) or among or is_store(target):
            raise OutputError(
                "holds records and is not written over", file=str(target), hint="name another file"
            )


def _real(path: Path) -> Path:
    """Where a path leads; a link that leads to itself is where it is."""
    try:
        return path.resolve()
    except (RuntimeError, ValueError):
        return path.absolute()


def write_text(path: Path, text: str, *, source: Path | None = None) -> Path:
    """Write a file in UTF-8; a file of that name is replaced only once all is written.

    Raises
    ------
    OutputError
        If the folder does not exist or the file cannot be written, or if it is a store, the
        source, or a file of the source's folder: records are never written over.
    """
    if path.exists() and (is_store(path) or _belongs_to(path, source)):
        raise OutputError(
            "holds records and is not written over", file=str(path), hint="name another file"
        )
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _refusal(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        temporary.replace(path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    return path


def _belongs_to(path: Path, source: Path | None) -> bool:
    if source is None:
        return False
    here, records = _real(path), _real(source)
    return here == records or (records.is_dir() and here.parent == records)


def _refusal(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or "unknown reason"
    return OutputError(
        f"cannot be written ({reason})", file=str(path), hint="check the folder and your rights"
    )
