"""YAML read strictly: every value knows its line, and says what was expected of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from ringmap.errors import SettingsError

#: What somebody writes by hand is small.
MOST_CHARACTERS = 200_000
MOST_DEPTH = 20
_SPAN = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|\.\.)\s*(\d+(?:\.\d+)?)\s*\Z")


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a YAML file and where it stands; each method checks it and gives it back."""

    file: str
    node: yaml.Node
    name: str
    error: type[SettingsError] = SettingsError

    @property
    def line(self) -> int:
        """Line of the file, from 1."""
        return int(self.node.start_mark.line) + 1

    def expected(self, what: str) -> SettingsError:
        """The error to raise when the value is not what it should be."""
        mark = self.node.start_mark
        inside = f" in '{printable(self.name)}'" if self.name else ""
        return self.error(
            f"expected {what}{inside}, found {self._shown()}",
            file=self.file,
            line=mark.line + 1,
            column=mark.column + 1,
        )

    def unknown(self, found: str, known: Iterable[str]) -> SettingsError:
        """The error to raise for a word that is none of the known ones."""
        return self.expected(_instead(found, known))

    def fields(
        self, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> dict[str, "Setting"]:
        """The values of a mapping by key; every required key is there, and no unknown one."""
        needed, found = tuple(required), dict(self.items())
        known = (*needed, *optional)
        for key, _ in self.node.value if isinstance(self.node, yaml.MappingNode) else ():
            if key.value not in known:
                raise self._inside(key, self.name).unknown(key.value, known)
        for key in needed:
            if key not in found:
                raise self.expected(f"a line '{key}:'")
        return found

    def items(self) -> list[tuple[str, "Setting"]]:
        """Keys and values of a mapping, in the order of the file; no key twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.expected("lines 'key: value'")
        found: dict[str, Setting] = {}
        for key, value in self.node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            child = self._inside(value, f"{self.name} > {name}" if self.name else name)
            if not name or not name.isprintable():
                raise child.expected("a word before ':'")
            if name in found:
                raise child.expected(f"'{name}' only once")
            found[name] = child
        return list(found.items())

    def elements(self) -> list["Setting"]:
        """The elements of a list; a single value counts as a list of one."""
        if not isinstance(self.node, yaml.SequenceNode):
            return [self]
        return [self._inside(one, self.name) for one in self.node.value]

    def _inside(self, node: yaml.Node, name: str) -> "Setting":
        return Setting(self.file, node, name, self.error)

    def some(self) -> list["Setting"]:
        """The elements of a list that has at least one."""
        found = self.elements()
        if not found:
            raise self.expected("at least one")
        return found

    def is_mapping(self) -> bool:
        """True when it holds keys and values."""
        return isinstance(self.node, yaml.MappingNode)

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.expected("a text")
        written = " ".join(str(self.node.value).split())
        if not written.isprintable():
            raise self.expected("a text without control characters")
        return written

    def sign(self) -> str:
        """A text with its spaces and line ends, perhaps empty; such as a delimiter."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.expected("a sign or a text")
        return str(self.node.value)

    def one_of(self, words: Iterable[str]) -> str:
        """One of the known words."""
        known, found = tuple(words), self.text()
        if found not in known:
            raise self.unknown(found, known)
        return found

    def truth(self) -> bool:
        """``yes`` or ``no``."""
        found = self.text().lower()
        if found not in {"yes", "no", "true", "false"}:
            raise self.expected("yes or no")
        return found in {"yes", "true"}

    def number(self, low: float = 0, high: float = 1e12) -> float:
        """A number between two bounds."""
        try:
            value = float(self.text().replace("_", ""))
        except ValueError:
            raise self.expected("a number") from None
        if not low <= value <= high:
            raise self.expected(f"a number from {low:g} to {high:g}")
        return value

    def whole(self, low: int = 0, high: int = 10**9) -> int:
        """A whole number between two bounds."""
        value = self.number(low, high)
        if value != int(value):
            raise self.expected("a whole number")
        return int(value)

    def share(self) -> float:
        """A share of all, from 0 to 1, written as ``30%`` or ``0.3``."""
        written = self.text()
        try:
            value = float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
        except ValueError:
            raise self.expected("a share such as 30%") from None
        if not 0 <= value <= 1:
            raise self.expected("a share from 0% to 100%")
        return value

    def span(self, low: float = 0, high: float = 1e12) -> tuple[float, float]:
        """Two bounds written as ``2-4``; ``3`` is ``3-3``."""
        written = self.text()
        parted = _SPAN.match(written)
        if parted:
            bounds = float(parted[1]), float(parted[2])
        else:
            try:
                bounds = (float(written), float(written))
            except ValueError:
                raise self.expected("a number or a range such as 2-4") from None
        if not low <= bounds[0] <= bounds[1] <= high:
            raise self.expected(f"a range that rises, from {low:g} to {high:g}")
        return bounds

    def whole_span(self, low: int = 0, high: int = 10**9) -> tuple[int, int]:
        """Two whole bounds written as ``2-4``."""
        found = self.span(low, high)
        if found[0] != int(found[0]) or found[1] != int(found[1]):
            raise self.expected("whole numbers such as 2-4")
        return int(found[0]), int(found[1])

    def weights(self, words: Iterable[str] | None = None) -> dict[str, float]:
        """How often each word comes: ``{hmong: 60, tay: 40}``, or one word alone."""
        known = None if words is None else tuple(words)
        if not self.is_mapping():
            return {one.one_of(known) if known else one.text(): 1.0 for one in self.some()}
        found: dict[str, float] = {}
        for key, value in self.items():
            if known is not None and key not in known:
                raise value.unknown(key, known)
            found[key] = value.share() if value.text().endswith("%") else value.number()
        if not sum(found.values()) > 0:
            raise self.expected("at least one weight above 0")
        return found

    def _shown(self) -> str:
        if isinstance(self.node, yaml.ScalarNode):
            text = str(self.node.value)
            return f"'{printable(text)}'" if text else "nothing"
        return "a list" if isinstance(self.node, yaml.SequenceNode) else "lines 'key: value'"


def read_settings(path: Path, error: type[SettingsError] = SettingsError) -> Setting:
    """The whole of a YAML file.

    Raises
    ------
    error
        If the file cannot be read or is no YAML, with its line and what was expected.
    """
    try:
        if path.exists() and not path.is_file():
            raise error("cannot be read: it is no file", file=path.name)
        with path.open("rb") as file:
            content = file.read(4 * MOST_CHARACTERS + 4)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "no such name is possible"
        raise error(f"cannot be read: {reason}", file=path.name[:80]) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise error("cannot be read: it is not UTF-8 text", file=path.name, line=line) from None
    return parse_settings(text, path.name, error)


def parse_settings(text: str, file: str, error: type[SettingsError] = SettingsError) -> Setting:
    """The same from a text; ``file`` is the name that errors give."""
    if len(text) > MOST_CHARACTERS:
        raise error(f"longer than {MOST_CHARACTERS:,} characters", file=file)
    try:
        node = _compose(text, file, error)
    except yaml.MarkedYAMLError as problem:
        raise _not_yaml(problem, file, error) from None
    except yaml.reader.ReaderError as problem:
        line = text[: problem.position].count("\n") + 1
        raise error(f"expected YAML: {problem.reason}", file=file, line=line) from None
    except ValueError as problem:
        raise error(f"expected YAML: {printable(str(problem))}", file=file) from None
    except yaml.YAMLError as problem:
        raise error(f"expected YAML: {' '.join(str(problem).split())}", file=file) from None
    if node is None:
        raise error("expected lines 'key: value', found nothing", file=file, line=1)
    return Setting(file, node, "", error)


#: Safe like PyYAML's own safe loader, and many times as fast where its C part is there.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _compose(text: str, file: str, error: type[SettingsError]) -> yaml.Node | None:
    try:
        _refuse_tricks(text, file, error, _Loader)
        node: yaml.Node | None = yaml.compose(text, _Loader)
    except (yaml.YAMLError, ValueError):
        # PyYAML's own words are the plainer ones, and it counts signs where C counts bytes.
        _refuse_tricks(text, file, error, yaml.SafeLoader)
        node = yaml.compose(text, yaml.SafeLoader)
    return node


def _refuse_tricks(
    text: str, file: str, error: type[SettingsError], loader: type[yaml.SafeLoader]
) -> None:
    """Stop at the first reference or too deep nesting, before anything is built of it."""
    depth = 0
    for token in yaml.scan(text, loader):
        depth += isinstance(token, _OPENING)
        depth -= isinstance(token, _CLOSING)
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken) or depth > MOST_DEPTH:
            deep = f"nested at most {MOST_DEPTH} deep"
            what = deep if depth > MOST_DEPTH else "no '&' and '*' references; write the value out"
            mark = token.start_mark
            raise error(f"expected {what}", file=file, line=mark.line + 1, column=mark.column + 1)


_OPENING = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def _not_yaml(
    problem: yaml.MarkedYAMLError, file: str, error: type[SettingsError]
) -> SettingsError:
    mark = problem.problem_mark or problem.context_mark
    return error(
        f"expected YAML: {problem.problem or problem.context}",
        file=file,
        line=mark.line + 1 if mark else None,
        column=mark.column + 1 if mark else None,
        hint="check the indentation, colons and quotes of this line and the one before",
    )


def printable(text: str) -> str:
    """A text short and printable enough for a message."""
    return "".join(one if one.isprintable() else "?" for one in text[:60])


def _instead(found: str, known: Iterable[str]) -> str:
    words, found = tuple(known), printable(found)
    close = get_close_matches(found, words, n=1)
    if close:
        others = ", ".join(word for word in words if word != close[0])
        return f"'{close[0]}' (not '{found}')" + (f" or one of {others}" if others else "")
    return f"one of {', '.join(words)} (not '{found}')"
