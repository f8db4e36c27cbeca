"""The log form as a grid: which view is shown, and how one becomes the other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from exercises.models import Exercise, LoadType
from workouts.forms.log import GridForm, NotebookForm, WorkoutForm, as_dict
from workouts.grid.changes import blank_block, changed, offer
from workouts.grid.fields import (
    Block,
    Grid,
    NotInGridError,
    block_fields,
    grid_of,
    left_over,
    merged,
    next_number,
    normal,
    posted_grid,
    sets_of,
    with_left_over,
    with_room,
)
from workouts.grid.page import GridPage, ShownBlock
from workouts.known import Known
from workouts.models import Workout
from workouts.reading import NotebookReading
from workouts.routines.starting import Start, plans_of
from workouts.text_format import WorkoutText, clean_name, clean_notes, clean_title, parse
from workouts.text_format.cells import read_offer
from workouts.text_format.values import MAX_TITLE
from workouts.views.access import AthleteRequest
from workouts.vocabulary import Unit

TEXT, GRID = "text", "grid"
COOKIE = "log-view"
MOST_OF_LINE = 200  # characters of a text's first line, which may have a title
MOST_NAMED = 4  # exercises in a message
MOST_FIELDS = 5_000  # of what is left out of a text
A_YEAR = 365 * 24 * 60 * 60  # seconds


def wanted_view(request: AthleteRequest, *, usual: str = TEXT) -> str:
    """The view that the address asks for, else the one that was used last."""
    asked = (request.GET.get("view"), request.COOKIES.get(COOKIE), usual)
    return next(view for view in asked if view in (TEXT, GRID))


def view_of(posted: QueryDict) -> str:
    """The view that a form was posted from."""
    return GRID if GRID in posted.getlist("view")[:1] else TEXT


def form_of(posted: QueryDict, workout: Workout | None, known: Known) -> WorkoutForm:
    """The form of what was posted, in either view; a button of the grid has changed it already."""
    if view_of(posted) == TEXT:
        return WorkoutForm(posted) if workout else NotebookForm(posted)
    grid = posted_grid(as_dict(posted).items())
    if "do" in posted:
        grid = changed(grid, str(posted["do"]), known.find, known.warm_up)
    return GridForm(posted, grid=grid, known=known)


@dataclass(frozen=True, slots=True)
class Begun:
    """An exercise to fill in, with sets that are still to be done, as the text has them."""

    name: str = ""
    sets: str = ""
    load_type: LoadType | None = None

    @classmethod
    def of(cls, exercise: Exercise | None, sets: str) -> Self:
        if exercise is None:
            return cls()
        return cls(exercise.name, sets, LoadType(exercise.load_type))

    @property
    def line(self) -> str:
        return f"{self.name}: {self.sets}" if self.name else ""

    def block(self, number: int) -> Block:
        """A block that offers the sets, as far as each can be read by itself."""
        sets = [read_offer(one, self.load_type) for one in self.sets.split(", ") if one]
        rows = tuple(
            offer(one, place, self.load_type, unit="")
            for place, one in enumerate(filter(None, sets), start=1)
        )
        return Block(number, name=self.name, rows=rows) if rows else blank_block(number, self.name)


NOTHING_BEGUN = Begun()


def with_exercise(form: WorkoutForm, begun: Begun) -> WorkoutForm:
    """A form with another exercise to fill in, if one is begun."""
    if not begun.name:
        return form
    if isinstance(form, GridForm):
        block = begun.block(next_number(form.grid.blocks))
        form.grid = replace(form.grid, blocks=(*form.grid.blocks, block))
        return form
    lines = filter(None, [str(form.data.get("text", "")).rstrip(), begun.line])
    return type(form)({**as_dict(form.data), "text": "\n".join(lines)})


def is_switched(posted: QueryDict) -> bool:
    """Whether the button of the other view was pressed."""
    return posted.get("view", TEXT) in (TEXT, GRID) and posted.get("view", TEXT) != view_of(posted)


def title_in(posted: QueryDict) -> str:
    """The workout's title, as a grid's field or the text's first line has it."""
    if view_of(posted) == GRID:
        return clean_title(posted.get("title", ""))[:MAX_TITLE]
    first = posted.get("text", "").lstrip().partition("\n")[0][:MOST_OF_LINE]
    return parse(first, find=lambda name: None, unit=Unit.KG).workout.title


def remember_view(request: AthleteRequest, response: HttpResponse, view: str) -> HttpResponse:
    """Keep, for a year, the view that was asked for or changed to."""
    if "view" in request.GET or (request.method == "POST" and is_switched(request.POST)):
        response.set_cookie(COOKIE, view, max_age=A_YEAR, samesite="Lax")
    return response


def grid_form(form: WorkoutForm, reading: NotebookReading, known: Known) -> GridForm:
    """A valid form's text as a grid. Raises NotInGridError where it can't be one."""
    if len(reading.days) > 1:
        raise NotInGridError(
            _("The grid shows one day, and these are %(days)s. Save them from here.")
            % {"days": len(reading.days)}
        )
    (day,) = reading.days
    grid = grid_of(form.cleaned_data["text"], day, unit=known.user.athlete.unit)
    blocks = grid.blocks or (blank_block(1),)
    notes = "\n".join(part for part in (form.cleaned_data["notes"], grid.notes) if part)
    data = as_dict(form.data)
    grid = with_left_over(replace(grid, blocks=blocks), read_undone(str(data.get("undone", ""))))
    if day.parsed.workout.day:
        data |= {"day": day.day, "time": day.time}
    return GridForm(data, grid=replace(grid, notes=clean_notes(notes)), known=known)


def offered(workout: WorkoutText, known: Known) -> Grid:
    """An earlier workout, to do again: nothing is ticked, its sets are offered. Raises
    NotInGridError.
    """
    unit = known.user.athlete.unit
    blocks = []
    for number, entry in enumerate(workout.entries, start=1):
        load_type = known.find(entry.name)
        rows = tuple(
            offer(one, place, load_type, unit=unit) for place, one in enumerate(entry.sets, start=1)
        )
        blocks.append(Block(number, entry.name, entry.superset, entry.notes, rows))
    return with_room(Grid(tuple(blocks), title=workout.title))


def text_of(form: GridForm) -> str:
    """The grid as text, with what can't be read as it is typed. Where nothing is done yet, it is
    what is offered.
    """
    return form.write(_done(form.grid)).as_typed


def _done(grid: Grid) -> Grid:
    """A grid; if nothing in it is done yet, with all that is offered as done."""
    if grid.is_logged:
        return grid
    blocks = (
        replace(
            block,
            rows=tuple(replace(row, is_ticked=True) for row in block.rows if not row.is_blank),
        )
        for block in grid.blocks
    )
    return replace(grid, blocks=tuple(blocks))


def as_text(form: GridForm) -> dict[str, Any]:
    """A valid grid's form as that of the text, with what is no part of that text."""
    over = left_over(_done(form.grid))
    undone = urlencode([pair for block in over.blocks for pair in block_fields(block)])
    return {**as_dict(form.data), "text": text_of(form), "undone": undone}


def read_undone(sent: str) -> Grid:
    """What a grid held beside its text, as the form carries it; what is none is passed over."""
    try:
        return posted_grid(parse_qsl(sent, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return Grid()


def undone_in(form: WorkoutForm) -> list[str]:
    """What the grid of a text still has, in words: "2 sets of Pull-up"."""
    blocks = read_undone(str(form["undone"].value() or "")).blocks
    names = [(clean_name(block.name) or _("no exercise"), len(block.rows)) for block in blocks]
    return [sets_of(name, sets) if sets else name for name, sets in names]


def answered_grid(form: GridForm, text: str, reading: NotebookReading) -> Grid:
    """The form's grid with an answer that was written into its ``text``."""
    again = grid_of(text, reading.days[0], unit=form.known.user.athlete.unit)
    return merged(form.grid, form.written, again)


def problems_of(form: WorkoutForm) -> Mapping[str, str]:
    """What has to be put right in cells, by their fields; a text has none."""
    return form.written.problems if isinstance(form, GridForm) else {}


def said_of_undone(form: WorkoutForm) -> str:
    """Which exercises and sets of a grid are left out, since they are not done."""
    names = form.written.left_out if isinstance(form, GridForm) else undone_in(form)
    if not names:
        return ""
    said = {"names": ", ".join(names[:MOST_NAMED]), "number": len(names) - MOST_NAMED}
    if len(names) > MOST_NAMED:
        return _("Left out, since not ticked: %(names)s and %(number)s more.") % said
    return _("Left out, since not ticked: %(names)s.") % said


def asked_block(request: AthleteRequest, page: GridPage) -> ShownBlock | None:
    """The one block that a script asks for, by its id."""
    target = (request.htmx.target or "") if request.htmx else ""
    shown = page.blocks if target.startswith("block-") else []
    return next((one for one in shown if f"block-{one.block.number}" == target), None)


def grid_page(
    form: GridForm,
    reading: NotebookReading | None,
    started: Start | None = None,
    *,
    is_summary: bool = False,
) -> GridPage:
    """What the page shows of it; each set that can be read as it was read. A grid that was
    ``started`` from a routine says why its sets are offered. One of which only a summary is shown
    offers nothing.
    """
    known = form.known
    written = getattr(form, "written", None)
    return GridPage(
        normal(form.grid, known.find) if written else form.grid,
        index=lambda: known.index,
        unit=known.user.athlete.unit,
        equipment=known.equipment,
        offers=known.offers,
        last_of=None if is_summary else known.last_of,
        reading=reading.days[0] if reading else None,
        places=written.places if written else {},
        problems=written.problems if written else {},
        plans=plans_of(form["plan"].value() or "", form.grid, lambda: known.index, started),
    )
