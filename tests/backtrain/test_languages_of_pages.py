"""No page that is kept in one language comes in another: all pages, asked for in turn."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.backtrain.test_messages import messages
from tests.backtrain.test_script_words import BLOCK
from tests.demo_site import CLUB, client_of, furnish
from tests.pages import DEMO, PAGES, VISITOR

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

ENGLISH_ALONE = ("/api/", "/admin/", "/styleguide/")
NEW_EACH_TIME = ("/accounts/2fa/totp/activate/",)  # with another secret
# What is another one with each answer
NEW = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|/confirm-email/[^/"]+/'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    # a time of day, and no key of an athlete with the draft's behind it
    r"|(?<!\d)\d\d:\d\d(?::\d\d)?(?![\w-])"
)
# Figures for machines, which no language may print in its own way
FIGURES = re.compile(r' (?:viewBox|d|points|cx|cy|x1|x2|y1|y2|r|width|height|datetime)="[^"]*"')
LEAST = 25  # characters of a message that says which language it is in


@pytest.fixture(scope="module")
def keys(demo):
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, SINGLE_SIGN_ON=CLUB):
        yield furnish()


def sentences():
    """English messages by their German translations, as far as both tell the language."""
    return {
        said[0]: message
        for _, message, plural, said, _ in messages("de")
        if not plural and message != said[0] and "%" not in message and "<" not in message
        if len(message) >= LEAST and len(said[0]) >= LEAST
    }


def shown(client, address, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200, (address, language)
    page = BLOCK.sub(translations, response.content.decode())
    return NEW.sub("", page)


def translations(block):
    """What scripts say, without the English that they know it by."""
    return "\n".join(json.loads(block[1]).values())


@pytest.mark.parametrize("who", [VISITOR, DEMO])
def test_pages_are_in_the_language_that_was_asked_for(keys, who):
    client = Client() if who == VISITOR else client_of(who)
    client.get("/")  # which says that they signed in
    known = sentences()
    opened = dict.fromkeys(
        page.at(keys) for page in PAGES if who in page.who and page.status == 200
    )
    german_words = 0
    for address in opened:
        if address.startswith((*ENGLISH_ALONE, *NEW_EACH_TIME)):
            continue
        english, german, again, later = (
            shown(client, address, language) for language in ("en", "de", "en", "de")
        )
        assert again == english, address
        assert later == german, address
        if "<html" in english:
            assert '<html lang="en-GB"' in english, address
            assert '<html lang="de"' in german, address
        # Lists by name have another order.
        assert sorted(FIGURES.findall(german)) == sorted(FIGURES.findall(english)), address
        for said, message in known.items():
            assert said not in english, (address, said)
            assert message not in german, (address, message)
            german_words += said in german
    assert german_words > 50
