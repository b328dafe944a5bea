"""What holds for the house as a whole: walls, a quick door, a complete wheel, honest locks."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import ringmap

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "src" / "ringmap"
LOCKS = sorted((REPOSITORY / "requirements").glob("*.lock"))
SLOW = {"IPython", "igraph", "networkx", "numpy", "pandas", "pyarrow", "pyvis", "scipy"}


def test_the_walls_between_rooms_stand():
    """import-linter finds no room that knows a later one, and no way in but the door."""
    pytest.importorskip("importlinter", reason="import-linter is not installed")
    done = _run("-c", "import sys; from importlinter.cli import lint_imports; "
                "sys.exit(lint_imports(no_cache=True))")  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


def test_help_loads_nothing_heavy():
    """`ringmap --help` answers at once, because engines load inside the commands."""
    done = _run("-c", "import json, sys\n"
                "from ringmap.cli import main\n"
                "sys.argv = ['ringmap', '--help']\n"
                "try:\n    main()\n"
                "except SystemExit as stop:\n    assert not stop.code\n"
                "print(json.dumps(sorted(sys.modules)))")  # fmt: skip
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}

    assert done.stdout.startswith("Usage: ringmap")
    assert loaded & SLOW == set()


def test_the_package_itself_is_a_sentence_and_a_version():
    """`import ringmap` runs nothing."""
    first, *rest = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")).body

    assert isinstance(first, ast.Expr)
    assert [ast.unparse(line) for line in rest] == [f"__version__ = {ringmap.__version__!r}"]


def test_no_room_is_called_a_cupboard():
    """A helper lives beside its only user."""
    cupboards = {"utils", "util", "helpers", "common", "misc"}

    assert [path for path in PACKAGE.rglob("*.py") if path.stem in cupboards] == []


def test_the_wheel_carries_everything_that_the_package_reads(tmp_path):
    """Installed without this repository, the demo still finds its sample, words and page script."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    carried = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    wanted = {f"ringmap/{path}" for path in _files_under(PACKAGE)}
    wanted |= {
        f"ringmap/{folder}/{path}"
        for folder in ("sample_graphs", "docs/formats")
        for path in _files_under(REPOSITORY / folder)
    }

    about = f"ringmap-{ringmap.__version__}.dist-info/"

    assert wanted - carried == set()
    assert f"{about}licenses/LICENSE" in carried
    assert {name for name in carried - wanted if not name.startswith(about)} == set()


def test_every_page_of_the_manual_leads_somewhere():
    """No link to a file that is not there, and no decision that the index leaves out."""
    pages = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(REPOSITORY)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    index = (REPOSITORY / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    decisions = [page.name for page in (REPOSITORY / "docs" / "decisions").glob("0*.md")]

    assert broken == []
    assert [name for name in decisions if f"({name})" not in index] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host_and_every_hash(lock):
    """Each machine asks the registry it is set up for, and takes only the files we named."""
    text = lock.read_text(encoding="utf-8")
    pinned = re.split(r"\n(?=[a-z0-9])", text.strip())

    assert "://" not in text
    assert pinned
    assert [entry.partition(" ")[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_the_locks_agree_and_hold_every_dependency():
    """What is tested is what is shipped; nothing in pyproject.toml was left unlocked."""
    run, dev = (_pins(REPOSITORY / "requirements" / name) for name in ("run.lock", "dev.lock"))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()

    assert run <= dev
    assert _names(project["project"]["dependencies"]) <= {pin.partition("==")[0] for pin in run}
    assert _names([name for group in groups for name in group]) <= {
        pin.partition("==")[0] for pin in dev
    }


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )


def _files_under(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return [path.relative_to(folder).as_posix() for path in found]


def _pins(lock: Path) -> set[str]:
    return set(re.findall(r"^[a-z0-9.-]+==[^ ;]+", lock.read_text(encoding="utf-8"), re.MULTILINE))


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=~!\[; ]", requirement)[0].lower() for requirement in requirements}
