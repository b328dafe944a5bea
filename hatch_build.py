"""Compiles the kernels while ringmap is installed or put into a wheel, where there is a compiler.

Nothing else depends on it: without the compiled library ringmap measures in plain Python. The
compiler is ``$CC``, else ``cc``, else that of the Python package ``ziglang``. Somebody who
makes wheels for other machines names one in ``RINGMAP_WHEEL_FOR``, as Zig and pip call it:
``x86_64-linux-gnu.2.17=manylinux_2_17_x86_64`` (see ``tools/wheels.sh``).
"""

import importlib.util
import os
import runpy
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KERNELS = Path("src/ringmap/kernels")
FLAGS = ("-O2", "-std=c99", "-shared", "-fPIC", "-fvisibility=hidden", "-ffp-contract=off")
SUFFIXES = {"windows": "dll", "macos": "dylib"}


class KernelsHook(BuildHookInterface):  # type: ignore[misc]
    """Puts the compiled library beside its source, or into the wheel, and says for whom it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a wheel without the library is one for every machine."""
        if self.target_name != "wheel":
            return
        asked, _, platform = os.environ.get("RINGMAP_WHEEL_FOR", "").partition("=")
        folder = Path(self.root) / KERNELS
        self.made_in = Path(tempfile.mkdtemp(prefix="ringmap-kernels-"))
        library = self.made_in / f"compiled.{_suffix(asked)}"
        if not _compile(folder, library, asked):
            if asked:
                raise RuntimeError(f"cannot compile for {asked}")
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform or _this_platform()}"
        for made in (library, library.with_suffix(".sha256")):
            if version == "editable":
                # In one step: somebody may be using the library that is there.
                shutil.copy(made, folder / f".{made.name}")
                (folder / f".{made.name}").replace(folder / made.name)
            else:
                inside = KERNELS.relative_to("src") / made.name
                build_data["force_include"][str(made)] = str(inside)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind."""
        if self.target_name == "wheel":
            shutil.rmtree(self.made_in, ignore_errors=True)


def _suffix(asked: str) -> str:
    system = asked or {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return next((suffix for name, suffix in SUFFIXES.items() if name in system), "so")


def _compile(folder: Path, library: Path, asked: str) -> bool:
    compiler = _compiler(asked)
    if compiler is None:
        return False
    sources = sorted(map(str, folder.glob("*.c")))
    math = [] if library.suffix == ".dll" else ["-lm"]
    done = subprocess.run(  # noqa: S603 - the compiler of whoever installs
        [*compiler, *FLAGS, "-o", str(library), *sources, *math], capture_output=True, text=True
    )
    if done.returncode:
        print(f"ringmap: kernels not compiled: {done.stderr[:500]}", file=sys.stderr)
    if done.returncode or not library.is_file():
        return False
    sealing = runpy.run_path(str(folder / "seal.py"))
    library.with_name(sealing["SEAL"]).write_text(sealing["seal_of"](folder, library))
    return True


def _compiler(asked: str) -> list[str] | None:
    zig = [sys.executable, "-m", "ziglang", "cc"]
    has_zig = importlib.util.find_spec("ziglang") is not None
    if asked:
        return [*zig, "-target", asked] if has_zig else None
    if os.environ.get("CC"):
        return shlex.split(os.environ["CC"])
    found = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    return [found] if found else zig if has_zig else None


def _this_platform() -> str:
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
