"""Put text into files that only their owner may read, whole or not at all."""

import os
import tempfile
from pathlib import Path

from ringmap.errors import OutputError
from ringmap.store import is_store


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
    here, records = path.resolve(), source.resolve()
    return here == records or (records.is_dir() and here.parent == records)


def _refusal(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or "unknown reason"
    return OutputError(
        f"cannot be written ({reason})", file=str(path), hint="check the folder and your rights"
    )
