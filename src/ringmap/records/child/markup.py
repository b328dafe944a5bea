"""XML without entities, document types or network, bounded in depth, its faults with a place."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from .refusal import RefusalError, beyond, damaged

Attributes = dict[str, str]
_Handlers = tuple[
    dict[str, Callable[[Attributes], None]],
    dict[str, Callable[[], None]],
    Callable[[str], object] | None,
]
_NO_TYPE = "save it again in a spreadsheet program; a table has no need of this"


class Markup:
    """Calls a function for each element that begins or ends and that somebody asked for.

    `opening` and `closing` hold the functions by name of the element, which is its namespace,
    a space, and its own name. Subclasses fill them.
    """

    def __init__(self, deepest: int) -> None:
        self.opening: dict[str, Callable[[Attributes], None]] = {}
        self.closing: dict[str, Callable[[], None]] = {}
        self.depth = 0
        self._deepest = deepest
        self._pieces: list[str] = []
        self._passed = -1
        self._kept: _Handlers = self.opening, self.closing, None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def read(self, chunks: Iterable[bytes], member: str) -> None:
        """Parse a whole file; `member` is what to call it.

        Raises
        ------
        RefusalError
            If it is no XML that can be read, with the line and column of the fault.
        """
        try:
            for chunk in chunks:
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
                raise MemoryError from error
            words = expat.ErrorString(error.code)
            raise damaged(
                f"{member}, line {error.lineno}, column {error.offset + 1}: {words}"
            ) from error
        except (ValueError, LookupError) as error:  # an encoding that Python or expat lacks
            raise damaged(f"{member}, {self.place()}: {error}") from error

    def listen(self) -> None:
        """Begin to gather text."""
        self._pieces = []
        self.parser.CharacterDataHandler = self._pieces.append

    def heard(self) -> str:
        """The text since `listen`; gathering ends."""
        self.parser.CharacterDataHandler = None
        return "".join(self._pieces)

    def add(self, text: str) -> None:
        """Put text between what is heard; nothing while nobody listens."""
        if self.parser.CharacterDataHandler is not None:
            self._pieces.append(text)

    def pass_over(self, _: Attributes) -> None:
        """Hear and call nothing until the element that begins has ended."""
        self._kept = self.opening, self.closing, self.parser.CharacterDataHandler
        self._passed = self.depth - 1
        self.opening, self.closing = {}, {}
        self.parser.CharacterDataHandler = None

    def place(self) -> str:
        """Where the parser stands, in words."""
        return f"line {self.parser.CurrentLineNumber}, column {self.parser.CurrentColumnNumber + 1}"

    def _start(self, tag: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > self._deepest:
            raise beyond(f"XML deeper than {self._deepest} levels at {self.place()}", "depth")
        act = self.opening.get(tag)
        if act is not None:
            act(attributes)

    def _end(self, tag: str) -> None:
        self.depth -= 1
        if self.depth == self._passed:
            self.opening, self.closing, self.parser.CharacterDataHandler = self._kept
            self._passed = -1
            return
        act = self.closing.get(tag)
        if act is not None:
            act()

    def _refuse(self, *_: object) -> int:
        raise RefusalError(f"it declares a document type or entities at {self.place()}", _NO_TYPE)
