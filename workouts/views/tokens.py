"""The tokens of an athlete's scripts."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workouts.forms.tokens import TokenForm
from workouts.tokens import MOST_TOKENS, TooManyTokens, make_token, revoke_token
from workouts.views.access import AthleteRequest, kept_post, signed_in, signed_in_then


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def tokens(request: AthleteRequest) -> HttpResponse:
    """Those that there are, and a form for one more, whose secret is shown this once: the password
    is asked before. 1 query.
    """
    athlete = request.user.athlete
    form = TokenForm(request.POST or kept_post(request))
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = make_token(athlete=athlete, **form.cleaned_data)
        except TooManyTokens:
            message = _("There are %(count)s already. Revoke one that is not used.")
            form.add_error("name", message % {"count": MOST_TOKENS})
        else:
            form = TokenForm()
    context = {
        "form": form,
        "tokens": athlete.api_tokens.all(),
        "made": made,
        "secret": secret,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "workouts/tokens.html", context, status=status)


@signed_in_then("tokens")
@require_POST
def revoke(request: AthleteRequest, pk: int) -> HttpResponse:
    if revoke_token(athlete=request.user.athlete, key=pk):
        messages.success(request, _("The token opens nothing any more."))
    return redirect("tokens")
