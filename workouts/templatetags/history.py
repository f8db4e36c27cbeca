"""What a history has hundreds of, for which the template language takes ten times as long."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from workouts.reckoning.calendar import SIDE, Day

register = template.Library()


@register.filter
def squares(days: Iterable[Day]) -> SafeString:
    """Days with training, as links on a calendar."""
    return mark_safe("".join([_square(day) for day in days]))  # noqa: S308  (escaped below)


def _square(day: Day) -> str:
    return (
        f'<a href="{day.address}" tabindex="-1"><rect class="heat-{day.level}" x="{day.x}"'
        f' y="{day.y}" width="{SIDE}" height="{SIDE}"><title>{escape(day.text)}</title></rect></a>'
    )


@register.filter
def in_a_line(done: Mapping[str, int]) -> SafeString:
    """Exercises by name, each with its working sets: "Pull-up 3, Plank 2"."""
    return format_html_join(", ", '{}&nbsp;<span class="numbers">{}</span>', done.items())
