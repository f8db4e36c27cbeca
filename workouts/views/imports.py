"""Workouts of other apps: the file, what is asked about it, what came of it, and taking it back."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises.languages import listed, shown_count
from exercises.search.lookup import NameIndex
from exercises.translating import in_words
from workouts.data.counting import counting, how_far
from workouts.data.importers import Unreadable
from workouts.data.importers.cells import moment
from workouts.data.importing import NotReady, finish, forget, keep, opened
from workouts.data.name_uses import LEAVE_OUT, MINE
from workouts.data.planning import Plan, plan, read_file
from workouts.data.reasons import reason_of
from workouts.data.taking_back import Undone, undo
from workouts.forms.fields import unit_choices
from workouts.forms.imports import ImportForm
from workouts.models import Import
from workouts.own_exercises import BadName, NotAlike, names_of
from workouts.views.access import AthleteRequest, signed_in, signed_in_then
from workouts.vocabulary import Unit
from workouts.wording import how_many

DATE_ORDERS = {"day": False, "month": True}  # which number of 3/4/2026 comes first
MOST_WAITING = 10  # files of one athlete
DAYS_PER_PAGE = 60
FEW_DAYS = 7  # are shown at once
REASONS_SHOWN = 200
DAYS_NAMED = 12
LINES_SHOWN = 40  # of each reason


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: AthleteRequest) -> HttpResponse:
    """Bring a file, and what was brought before. A file that can't be read says why."""
    athlete = request.user.athlete
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    brought = athlete.imports.without_file()
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            export = read_file(athlete, data, index=names_of(request.user))
        except Unreadable as problem:
            form.add_error("file", in_words(problem.args[0]))
        else:
            if brought.filter(done_at=None).count() >= MOST_WAITING:
                forget(brought.filter(done_at=None).earliest("created_at"))
            one = opened(athlete=athlete, data=data, file_name=file.name, export=export)
            return redirect("data:import", keep(one).pk)
    context = {"form": form, "page": Paginator(brought, 20).get_page(request.GET.get("page"))}
    status = 422 if request.method == "POST" else 200
    return render(request, "data/imports.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: AthleteRequest, pk: int) -> HttpResponse:
    """What would come of a file, with what is asked about it; or what came of it."""
    brought = get_object_or_404(request.user.athlete.imports, pk=pk)
    if not brought.is_waiting:
        return _show_done(request, brought)
    planned = plan(brought)
    if request.method != "POST":
        return _show_plan(request, brought, planned)
    problems = _take_answers(request, brought, planned)
    keep(brought)
    if problems:
        return _show_plan(request, brought, plan(brought), problems=problems)
    if "finish" in request.POST:
        return _finish(request, brought)
    planned = plan(brought)
    if planned.is_ready:
        messages.success(request, _("All is answered."))
    return _show_plan(request, brought, planned)


@signed_in
@require_safe
def progress(request: AthleteRequest, pk: int) -> JsonResponse:
    """How many workouts of a file were saved so far, and of how many, where that is known."""
    get_object_or_404(request.user.athlete.imports.without_file(), pk=pk)
    return JsonResponse(how_far(pk))


@signed_in_then("data:imports")
@require_POST
def take_back(request: AthleteRequest, pk: int) -> HttpResponse:
    """Undo what a file brought in, or throw away one that waits."""
    brought = get_object_or_404(request.user.athlete.imports.without_file(), pk=pk)
    if brought.is_waiting:
        forget(brought)
        messages.success(request, _("The file is thrown away. Nothing of it was logged."))
        return redirect("data:imports")
    messages.success(request, _said(undo(brought, at=timezone.now())))
    return redirect("data:import", pk)


def _said(undone: Undone) -> str:
    """What was taken back, in words."""
    taken = ngettext(
        "%(count)s workout taken back.", "%(count)s workouts taken back.", undone.workouts
    )
    sentences = [taken % {"count": shown_count(undone.workouts)}]
    if undone.changed:
        changed = ngettext(
            "%(count)s workout that you changed is among the deleted ones.",
            "%(count)s workouts that you changed are among the deleted ones.",
            undone.changed,
        )
        sentences.append(changed % {"count": shown_count(undone.changed)})
    counts = ((undone.exercises, "exercise"), (undone.weighings, "body weight"))
    besides = [how_many(count, what) for count, what in counts if count]
    if besides:
        message = _("What else came with it went too: %(besides)s.")
        sentences.append(message % {"besides": listed(besides)})
    return " ".join(sentences)


def _take_answers(request: AthleteRequest, brought: Import, planned: Plan) -> list[str]:
    """Keep what was answered in the form; what is wrong with it, in sentences."""
    posted = request.POST
    if posted.get("unit") in Unit.values:
        brought.unit = posted["unit"]
    if posted.get("dates") in DATE_ORDERS:
        brought.is_month_first = DATE_ORDERS[posted["dates"]]
    brought.takes_days_with_workouts = "leave_out_days" not in posted
    index = names_of(request.user)
    choices = {MINE, LEAVE_OUT, *(one.slug for one in index.exercises.values())}
    problems = []
    for number, use in enumerate(planned.uses):
        if posted.get(f"key-{number}") == use.key:
            answer, problem = _answer(posted, number, index, choices)
            problems += [problem] if problem else []
            if answer:
                brought.names[use.key] = answer
    return problems


def _answer(
    posted: QueryDict, number: int, index: NameIndex, choices: Container[str]
) -> tuple[str, str]:
    """The answer about a name, a written one before a chosen one; or what is wrong with it."""
    written = posted.get(f"other-{number}", "").strip()
    if written:
        exercise = index.find(written)
        if exercise is None:
            return "", _("Backtrain does not know “%(name)s”.") % {"name": written[:80]}
        return exercise.slug, ""
    chosen = posted.get(f"answer-{number}", "")
    return (chosen, "") if chosen in choices else ("", "")


def _finish(request: AthleteRequest, brought: Import) -> HttpResponse:
    """Bring it in, if all is answered."""
    try:
        done = finish(brought, at=timezone.now(), progress=counting(brought.pk))
    except NotReady:
        return redirect("data:import", brought.pk)
    except (BadName, NotAlike) as problem:
        return _show_plan(request, brought, plan(brought), problems=[str(problem)])
    message = ngettext(
        "%(count)s workout brought in.", "%(count)s workouts brought in.", done.workout_count
    )
    count = shown_count(done.workout_count)
    messages.success(request, message % {"count": count})
    return redirect("data:import", brought.pk)


def _show_plan(
    request: AthleteRequest, brought: Import, planned: Plan, *, problems: Sequence[str] = ()
) -> HttpResponse:
    numbers = {use.key: number for number, use in enumerate(planned.uses)}
    context: dict[str, Any] = {
        "brought": brought,
        "plan": planned,
        "asked": [(numbers[use.key], use) for use in planned.asked],
        "known": [(numbers[use.key], use) for use in planned.known],
        "skipped": _by_reason((one.line, in_words(one.reason)) for one in planned.skipped),
        "meeting": planned.on_days_with_workouts[:DAYS_NAMED],
        "units": unit_choices(),
        "date_orders": list(_date_orders(brought, planned.export.doubtful_date)),
        "problems": problems,
        "mine": MINE,
        "leave_out": LEAVE_OUT,
    }
    status = 422 if problems else 200
    return render(request, "data/import_plan.html", context, status=status)


def _date_orders(brought: Import, written: str) -> Iterator[tuple[str, date, bool]]:
    """What a date in doubt may mean, each with what is posted for it, and whether it was."""
    for word, is_month_first in DATE_ORDERS.items() if written else ():
        day = moment(written, is_month_first=is_month_first)
        yield word, day, brought.is_month_first is is_month_first


def _by_reason(skipped: Iterable[tuple[int, str]]) -> list[tuple[str, list[int], int]]:
    """Why lines were left out, each with the first of these lines and how many there are. Of very
    many reasons the last are one.
    """
    lines: dict[str, list[int]] = {}
    for line, reason in skipped:
        lines.setdefault(reason, []).append(line)
    found = list(lines.items())
    shown, others = found[:REASONS_SHOWN], found[REASONS_SHOWN:]
    if others:
        rest = sorted(chain.from_iterable(of for _reason, of in others))
        message = ngettext("%(count)s other reason", "%(count)s other reasons", len(others))
        shown.append((message % {"count": len(others)}, rest))
    return [(reason, of[:LINES_SHOWN], len(of)) for reason, of in shown]


def _show_done(request: AthleteRequest, brought: Import) -> HttpResponse:
    """5 queries with the workouts of a page."""
    workouts = brought.workouts.live().newest_first().annotate(set_count=Count("entries__sets"))
    names = (
        brought.athlete.entries.filter(workout__imported_in=brought)
        .order_by("imported_name", "exercise__name")
        .values("imported_name", "exercise", "exercise__name", "exercise__slug")
        .annotate(set_count=Count("sets"))
    )
    page = Paginator(workouts, DAYS_PER_PAGE).get_page(request.GET.get("page"))
    days = brought.workouts.live().aggregate(first=Min("day"), last=Max("day"))
    context = {
        "brought": brought,
        "days": (days["first"], days["last"]),
        "page": page,
        "is_open": "page" in request.GET or page.paginator.count <= FEW_DAYS,
        "names": names,
        "skipped": _by_reason(
            (line, in_words(reason_of(*kept))) for line, *kept in brought.skipped
        ),
        "skipped_count": len(brought.skipped),
    }
    return render(request, "data/import_done.html", context)
