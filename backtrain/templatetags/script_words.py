"""What scripts say, for pages in another language than English: ``{% words "draft" %}``."""

import json
from functools import cache

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from exercises.languages import ENGLISH, active_language

register = template.Library()

# By their module in static/js/, whose ``said("…")`` has the English text
WORDS = {
    "device": (
        _(
            "No signal: nothing was sent, and what you wrote is still here. A workout that you save"
            " is kept on this device."
        ),
        _("No signal. This page is as it was at %(when)s."),
        _("No signal. This page is as it was on %(when)s."),
        _("as it was at %(when)s"),
        _("as it was on %(when)s"),
    ),
    "draft": (
        _("Discard this? It is on this device only."),
        _("Draft kept."),
        _("Kept on this device."),
        _("Signed out: kept on this device."),
    ),
    "facet-counts": (_("%(count)s chosen"), _("Show %(exercises)s")),
    "import-progress": (_("%(done)s of %(all)s workouts"),),
    "live-session": (_("last set %(time)s ago"),),
    "name-completion": (
        _("%(count)s exercises. Arrow down for %(name)s."),
        _("%(count)s exercises. Tab takes %(name)s."),
        _("Arrow down for %(name)s."),
        _("As last time"),
        _("Exercises"),
        _("Tab takes %(name)s."),
    ),
    "rest-timer": (_("Kept."), _("Rest is over.")),
    "set-grid": (
        _("%(name)s is removed."),
        _("Set"),
        _("The exercise is removed."),
        _("The set is removed."),
    ),
    "unsent": (
        _("%(count)s workouts need you"),
        _("%(count)s workouts wait for signal"),
        _("%(count)s workouts were sent and saved."),
        _("1 workout needs you"),
        _("1 workout waits for signal"),
        _("1 workout was sent and saved."),
        _("Discard this workout? It is on this device only."),
        _("Not saved yet: something in it needs an answer."),
        _("Open"),
        _("Saved in between, in another tab or on another device. Both versions are kept."),
        _("Send now"),
        _("Sent as soon as there is signal."),
    ),
}


@register.simple_tag
def words(*modules: str) -> SafeString | str:
    """For said.js. In English nothing: scripts have that themselves, and the first visit is to be
    light.
    """
    language = active_language()
    return "" if language == ENGLISH else _words(modules, language)


@cache
def _words(modules: tuple[str, ...], _language: str) -> SafeString:
    texts = {text: gettext(text) for module in modules for text in WORDS[module]}
    safe = json.dumps(texts, ensure_ascii=False).replace("<", r"\u003c")
    return mark_safe(f'<script type="application/json" data-words>{safe}</script>')  # noqa: S308
