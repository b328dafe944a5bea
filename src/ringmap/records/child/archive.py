"""A zip that is read from memory and never unpacked to disk."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from .bounds import Bounds
from .refusal import REPAIR, RefusalError, beyond, damaged

_CHUNK = 65_536
_RATIO_FROM = 10_000_000
_SAVE_AGAIN = "open the file in the program that wrote it, and save it again"


class Archive:
    """The files in a zip by name, every entry checked before any is opened.

    Names are found whatever their letters' case, as spreadsheet programs do.
    """

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except Exception as error:  # zipfile raises a dozen kinds on a damaged directory
            if isinstance(error, MemoryError):
                raise
            raise damaged(f"the zip cannot be opened ({_words(error)})") from error
        entries = self._zip.infolist()
        _check_amounts(entries, len(data), bounds)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            _check_entry(entry)
            if entry.filename.lower() in self._entries:
                raise damaged(f"'{entry.filename}' stands twice in the zip")
            self._entries[entry.filename.lower()] = entry

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def names(self) -> list[str]:
        """All names, in small letters."""
        return list(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a file, piece by piece, checked against its size and checksum.

        Raises
        ------
        RefusalError
            If there is no such file, or its content is not as the zip declares it.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            raise damaged(f"'{name}' is missing in the zip")
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise damaged(f"'{name}' cannot be unpacked ({_words(error)})") from error
        except (NotImplementedError, RuntimeError) as error:
            raise RefusalError(f"'{name}' cannot be unpacked ({_words(error)})", REPAIR) from error
        if size != entry.file_size:
            raise damaged(f"'{name}' has {size} bytes where {entry.file_size} are declared")

    def read(self, name: str, most: int) -> bytes:
        """The first bytes of a small file, `most` of them."""
        found = b""
        for chunk in self.chunks(name):
            found += chunk
            if len(found) >= most:
                break
        return found[:most]


def resolve(base: str, target: str) -> str:
    """The name of a part that another part, in the folder `base`, refers to."""
    joined = target if target.startswith("/") else f"/{base}/{target}"
    return posixpath.normpath(joined).lstrip("/")


def _check_amounts(entries: list[zipfile.ZipInfo], packed: int, bounds: Bounds) -> None:
    if len(entries) > bounds.members:
        raise beyond(f"{len(entries)} files in the zip; more than {bounds.members}", "members")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > bounds.unpacked_bytes:
        raise beyond(
            f"unpacked it has {unpacked} bytes; more than {bounds.unpacked_bytes}", "unpacked_bytes"
        )
    if unpacked > _RATIO_FROM and unpacked > bounds.ratio * packed:
        raise beyond(
            f"unpacked it is {unpacked // max(packed, 1)} times its size; "
            f"more than {bounds.ratio} times is how a zip bomb is made",
            "ratio",
        )


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    if "\\" in name or ":" in name or "\0" in name or not {"", ".", ".."}.isdisjoint(parts):
        raise RefusalError(f"the zip holds '{name}', a name that leads out of it", _SAVE_AGAIN)
    if entry.flag_bits & 1:
        raise RefusalError(
            f"'{name}' is encrypted", "remove the password in a spreadsheet program and save again"
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusalError(
            f"'{name}' is compressed in a way that spreadsheet programs do not use", _SAVE_AGAIN
        )


def _words(error: Exception) -> str:
    """What the library says, in one line and not at length."""
    return " ".join(str(error).split())[:120] or type(error).__name__
