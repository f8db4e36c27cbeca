from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from backtrain import offline, single_sign_on, views
from backtrain.account_deletion import delete_account
from backtrain.api import api
from backtrain.api.docs import docs
from backtrain.language import choose_language
from backtrain.sessions_page import sessions
from backtrain.theme import choose_theme

urlpatterns = [
    path("", views.home, name="home"),
    path("back/", views.back, name="back"),
    path("back/card.png", views.back_card, name="back-card"),
    path("", include("workouts.urls")),  # /exercises/own/ comes before any exercise's page
    path("", include("exercises.urls")),
    path("theme/", choose_theme, name="theme"),
    path("language/", choose_language, name="language"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("offline/", offline.on_this_device, name="offline"),
    path("offline/own/", offline.own_pages, name="own-pages"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_contact, name="security-contact"),
    path("accounts/delete/", delete_account, name="account-delete"),
    path("accounts/sessions/", sessions, name="sessions"),
    path("accounts/sso/", single_sign_on.connections, name="socialaccount_connections"),
    path("accounts/sso/start/", single_sign_on.start, name="single-sign-on"),
    path("accounts/sso/callback/", single_sign_on.callback, name="single-sign-on-callback"),
    path("accounts/sso/signup/", single_sign_on.sign_up, name="socialaccount_signup"),
    path("accounts/sso/cancelled/", single_sign_on.cancelled, name="socialaccount_login_cancelled"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/v1/", docs, name="api-docs"),
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
    path("styleguide/figures/", views.figure_sheet, name="styleguide-figures"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

handler400 = "backtrain.errors.bad_request"
handler404 = "backtrain.errors.not_found"
handler429 = "backtrain.errors.too_many_requests"
handler500 = "backtrain.errors.server_error"
