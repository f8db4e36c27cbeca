"""Days, as short as they can be said."""

from datetime import date

from django import template

register = template.Library()


@register.filter
def short_day(day: date, today: date) -> str:
    """As "22 Nov", with its year where that is not the present one."""
    return f"{day:%-d %b}" if day.year == today.year else f"{day:%-d %b %Y}"
