"""What tells a compiled library from a damaged one; the standard library only, for the build."""

import hashlib
from pathlib import Path

#: Stands beside the library, and holds what `seal_of` gave when it was compiled.
SEAL = "compiled.sha256"


def seal_of(folder: Path, library: Path) -> str:
    """SHA-256 of a library and of the sources in a folder that it is compiled from."""
    digest = hashlib.sha256()
    for path in [*sorted(folder.glob("*.[ch]")), library]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
