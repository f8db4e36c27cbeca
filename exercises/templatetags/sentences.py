"""``{{ problem.message|translated }}`` says a sentence of the rules in the language of the page."""

from django import template

from exercises.translating import translated

register = template.Library()
register.filter("translated", translated)
