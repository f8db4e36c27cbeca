"""``{{ 2|counted:"set" }}`` is "2 sets"; ``noun`` is the word, where markup stands between."""

from django import template

from exercises import counting

register = template.Library()
register.filter("counted", counting.counted)
register.filter("noun", counting.noun)
