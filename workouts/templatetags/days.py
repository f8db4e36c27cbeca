"""Days, as short as they can be said."""

from datetime import date

from django import template

from workouts.wording import day_text

register = template.Library()


@register.filter
def short_day(day: date, today: date) -> str:
    """As "22 Nov", with its year where that is not the present one."""
    return day_text(day, "j M" if day.year == today.year else "j M Y")
