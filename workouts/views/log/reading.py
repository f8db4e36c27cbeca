"""How a log form reads, by what saving it will know."""

from django.utils import timezone

from workouts.forms.log import GridForm, NotebookForm, WorkoutForm, wanted_anyway
from workouts.known import Known
from workouts.reading import NotebookReading, When, read_days
from workouts.saving import logged_before
from workouts.views.access import AthleteRequest


def preview(
    request: AthleteRequest, form: WorkoutForm, known: Known, *, is_stored: bool = False
) -> NotebookReading | None:
    """How a form reads, with the names that saving it will know; None if it isn't valid.

    A text that ``is_stored`` says what it means, whatever was done the last time, as a grid does.
    """
    if not form.is_valid():
        return None
    athlete, cleaned = request.user.athlete, form.cleaned_data
    reading = read_days(
        cleaned["text"],
        index=known.index,
        unit=athlete.unit,
        when=When(cleaned["day"], cleaned["time"], cleaned["time_zone"] or athlete.time_zone),
        notes=cleaned["notes"],
        now=timezone.now(),
        many=isinstance(form, NotebookForm),
        last=None if is_stored or isinstance(form, GridForm) else known.last,
        last_of=None if known.workout else known.last_of,
        is_on_bar=known.is_on_bar,
        logged=known.logged,
    )
    if len(reading.days) == 1:
        return reading
    before = logged_before(athlete=athlete, drafts=reading.drafts)
    logged = (workout is not None for workout in before)
    return reading.with_logged(logged, anyway=wanted_anyway(form.data))
