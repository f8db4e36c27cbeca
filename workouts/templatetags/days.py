"""Days, as short as they can be said."""

from datetime import date

from django import template
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def short_day(day: date, today: date) -> str:
    """As "22 Nov", with its year where that is not the present one."""
    return date_format(day, _("j M") if day.year == today.year else _("j M Y"))
