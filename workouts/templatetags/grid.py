"""The sets of the grid, of which a page has dozens with ten fields each."""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from workouts.grid.fields import row_fields
from workouts.grid.page import ShownBlock, ShownCell, ShownRow
from workouts.vocabulary import SetKind, Side, Unit

register = template.Library()
_LABELS = {"kind": gettext_noop("Kind"), "side": gettext_noop("Side"), "unit": gettext_noop("Unit")}
CHOICES: dict[str, list[tuple[str, str]]] = {
    "kind": [
        (SetKind.WORKING, gettext_noop("Working")),
        (SetKind.WARMUP, gettext_noop("Warm-up")),
        (SetKind.DROP, gettext_noop("Drop")),
        (SetKind.FAILURE, gettext_noop("Failure")),
    ],
    "side": [
        (Side.BOTH, gettext_noop("Both")),
        (Side.LEFT, gettext_noop("Left")),
        (Side.RIGHT, gettext_noop("Right")),
    ],
    "unit": [(unit, unit) for unit in Unit],
}


class Words(NamedTuple):
    """What each set says; looking a word up takes as long as writing its field."""

    set: str
    done: str
    more: str
    copy: str
    remove: str
    cell_less: str
    cell_more: str
    last_time: str
    parts: dict[str, str]


@cache
def _words(language: str) -> Words:
    """In the active language, which is this one."""
    return Words(
        set=_("Set %(mark)s"),
        done=_("Set %(mark)s done"),
        more=_(": RPE, kind, side and unit"),
        copy=_("Copy down"),
        remove=_("Remove set"),
        cell_less=_("%(cell)s: less"),
        cell_more=_("%(cell)s: more"),
        last_time=_("last time"),
        parts={part: _(label) for part, label in _LABELS.items()},
    )


@register.filter
def set_rows(shown: ShownBlock) -> SafeString:
    """Each set of a block on a line: what it is, its numbers, the tick, the last time."""
    block, words = shown.block.number, _words(get_language() or "")
    return mark_safe("".join([_row(row, block, words) for row in shown.rows]))  # noqa: S308


@register.filter
def superset_options(shown: ShownBlock) -> SafeString:
    """The letters that a superset may have."""
    chosen = shown.block.superset
    options = [
        f"<option{' selected' if letter == chosen else ''}>{escape(letter)}</option>"
        for letter in shown.letters
    ]
    return mark_safe("".join(options))  # noqa: S308  (escaped above)


@register.filter
def hidden_fields(fields: Iterable[tuple[str, str]]) -> SafeString:
    """Fields that are kept with what was removed."""
    inputs = (_hidden(name, value) for name, value in fields)
    return mark_safe(f"<div hidden>{''.join(inputs)}</div>")  # noqa: S308  (escaped below)


def _row(shown: ShownRow, block: int, words: Words) -> str:
    row, name = shown.row, shown.name
    if row.is_removed:
        return hidden_fields(row_fields(block, row))
    mark = escape(shown.mark)
    checked = " checked" if row.is_ticked else ""
    label = escape(words.set % {"mark": shown.mark})
    tick = escape(words.done % {"mark": shown.mark})
    return (
        f'<div class="set" data-set="{row.number}" role="group" aria-label="{label}">'
        f"{_more(shown, block, mark, words)}"
        f"{''.join([_stepper(cell, block, shown, words) for cell in shown.cells])}"
        f'<label class="set-tick"><input type="checkbox" name="{name}-done" value="1"'
        f' aria-label="{tick}"{checked}></label>'
        f"{_beneath(shown, words)}"
        f"{_hidden(f'{name}-last', row.offered)}"
        f"{_hidden(f'{name}-ticked', '1' if row.was_ticked else '')}</div>"
    )


def _more(shown: ShownRow, block: int, mark: str, words: Words) -> str:
    """What the one line has no room for."""
    row, name, cells = shown.row, shown.name, shown.row.cells
    chosen = "".join(
        [_choice(name, part, getattr(cells, part), words) for part in ("kind", "side", "unit")]
    )
    return (
        f'<details class="more set-more"{" open" if shown.is_open else ""}><summary>'
        f'<span class="set-mark">{mark}</span>'
        f'<span class="visually-hidden">{words.more}</span></summary>'
        '<div class="more-body"><label class="more-field"><span>RPE</span>'
        f'<input class="input" name="{name}-rpe" value="{escape(cells.rpe)}" inputmode="decimal"'
        f' autocomplete="off" size="3"></label>{chosen}'
        f'<button class="button" name="do" value="copy-down {block} {row.number}">{words.copy}'
        f'</button><button class="button" name="do" value="remove-set {block} {row.number}">'
        f"{words.remove}</button></div></details>"
    )


def _choice(name: str, part: str, chosen: str, words: Words) -> str:
    return (
        f'<label class="more-field"><span>{words.parts[part]}</span>'
        f'<select class="input" name="{name}-{part}">{_options(part, chosen)}</select></label>'
    )


@cache
def _options_of(part: str, language: str) -> str:
    """In the active language, which is this one."""
    return "".join(
        [f'<option value="{value}">{_(label)}</option>' for value, label in CHOICES[part]]
    )


def _options(part: str, chosen: str) -> str:
    option = f'<option value="{escape(chosen)}"'
    return _options_of(part, get_language() or "").replace(f"{option}>", f"{option} selected>")


def _stepper(cell: ShownCell, block: int, shown: ShownRow, words: Words) -> str:
    do = f"step {block} {shown.row.number} {cell.cell}"
    wrong = f' aria-invalid="true" aria-describedby="{shown.name}-error"' if cell.error else ""
    label = escape(cell.label)
    less, more = words.cell_less % {"cell": label}, words.cell_more % {"cell": label}
    return (
        f'<span class="stepper"><button name="do" value="{do} -{cell.step}"'
        f' data-step="-{cell.step}" tabindex="-1" aria-label="{less}">−</button>'
        f'<input name="{cell.name}" value="{escape(cell.value)}"'
        f' placeholder="{escape(cell.light)}" inputmode="{cell.keypad}" enterkeyhint="next"'
        f' autocomplete="off" aria-label="{label}" data-cell="{cell.cell}"{wrong}>'
        f'<button name="do" value="{do} {cell.step}" data-step="{cell.step}" tabindex="-1"'
        f' aria-label="{more}">+</button></span>'
    )


def _beneath(shown: ShownRow, words: Words) -> str:
    said = f"<b>{escape(shown.said)}</b>" if shown.said else ""
    last = (
        f'<span><span class="visually-hidden">{words.last_time}</span> {escape(shown.last)}</span>'
        if shown.last
        else ""
    )
    error = (
        f'<span class="set-error field-error" id="{shown.name}-error">{escape(shown.error)}</span>'
        if shown.error
        else ""
    )
    return f'<span class="set-last soft numbers">{said}{last}</span>{error}'


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'
