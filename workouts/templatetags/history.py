"""What a history has hundreds of, for which the template language takes ten times as long."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from workouts.reckoning.calendar import SIDE, Day

register = template.Library()

DAY = (
    '<a href="{}" tabindex="-1"><rect class="heat-{}" x="{}" y="{}" width="{}" height="{}">'
    "<title>{}</title></rect></a>"
)


@register.filter
def squares(days: Iterable[Day]) -> SafeString:
    """Days with training, as links on a calendar."""
    shown = ((day.address, day.level, day.x, day.y, SIDE, SIDE, day.text) for day in days)
    return format_html_join("", DAY, shown)


@register.filter
def in_a_line(done: Mapping[str, int]) -> SafeString:
    """Exercises by name, each with its working sets: "Pull-up 3, Plank 2"."""
    return format_html_join(", ", '{}&nbsp;<span class="numbers">{}</span>', done.items())
