"""Put text into files that only their owner may read, whole or not at all."""

import os
import tempfile
from pathlib import Path

from ringmap.errors import OutputError


def write_text(path: Path, text: str) -> Path:
    """Write a file in UTF-8; a file of that name is replaced only once all is written.

    Raises
    ------
    OutputError
        If the folder does not exist or the file cannot be written.
    """
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


def _refusal(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or "unknown reason"
    return OutputError(
        f"cannot be written ({reason})", file=str(path), hint="check the folder and your rights"
    )
