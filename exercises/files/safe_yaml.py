"""YAML that people send, read so that no file can crash or hold up the reader. No Django.

PyYAML's C loader calls itself for each level: ten thousand ``[`` end the process, not the reading.
Here C only splits the text into events, which takes no stack, and each event is looked at before
anything is made of it.
"""

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import ConstructorError

# A catalogue file has six: document, row, fields, a list, a reference, its slug.
MAX_DEPTH = 12
# A hundred thousand digits, or as many parts of 1:59:59, take longer than the rest of the file.
MAX_NUMBER = 40
NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}


class TooIntricate(yaml.YAMLError):
    """What no catalogue file has: deep nesting, references within the file, an endless number."""


class Lines(dict[Any, Any]):
    """A mapping that knows on which line of the file it begins, and each of its keys stands."""

    first: int
    of: dict[Any, int]


class _Guard:
    depth = 0

    def get_event(self) -> yaml.Event:
        event: yaml.Event = super().get_event()  # type: ignore[misc]
        if isinstance(event, yaml.CollectionStartEvent):
            self.depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            self.depth -= 1
        self._look_at(event)
        return event

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)  # type: ignore[misc]
        except ValueError as error:
            why = f"there is no day or number {str(node.value)[:MAX_NUMBER]}"
            raise ConstructorError(problem=why, problem_mark=node.start_mark) from error

    def _look_at(self, event: yaml.Event) -> None:
        if self.depth > MAX_DEPTH:
            raise TooIntricate(f"lists are nested more than {MAX_DEPTH} deep{_where(event)}")
        if isinstance(event, yaml.AliasEvent):
            raise TooIntricate(f"references such as *{event.anchor} are not taken{_where(event)}")
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > MAX_NUMBER:
            tag = event.tag or self.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[attr-defined]
            if tag in NUMBERS:
                raise TooIntricate(f"a number has more than {MAX_NUMBER} digits{_where(event)}")


if yaml.__with_libyaml__:

    class _Loader(_Guard, Composer, yaml.CSafeLoader):
        """Events from C; nodes, of which the C loader makes a tree by calling itself, in Python."""

        def __init__(self, text: str) -> None:
            yaml.CSafeLoader.__init__(self, text)
            Composer.__init__(self)

else:

    class _Loader(_Guard, yaml.SafeLoader):  # type: ignore[no-redef]
        """All in Python, ten times slower."""


def _with_lines(loader: Any, node: yaml.MappingNode) -> Iterator[Lines]:
    mapping = Lines()
    mapping.first = node.start_mark.line + 1
    mapping.of = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    yield mapping
    mapping.update(loader.construct_mapping(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _with_lines)


def load(text: str) -> Any:
    """The one document in ``text`` as plain values, mappings as ``Lines``.

    Raises ``yaml.YAMLError``, also for a day or number that there is not.
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader)


def _where(event: yaml.Event) -> str:
    return f", line {event.start_mark.line + 1}" if event.start_mark else ""
