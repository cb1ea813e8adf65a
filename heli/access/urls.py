from django.urls import path

from . import views

# allauth finds its own pages by these names.
urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("login/second/", views.authenticate, name="mfa_authenticate"),
    path("account/confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/second/", views.mfa_reauthenticate, name="mfa_reauthenticate"),
    path("account/second/", views.activate_totp, name="mfa_activate_totp"),
    path("account/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", views.generate_codes, name="mfa_generate_recovery_codes"),
    path("account/codes/done/", views.recovery_codes, name="mfa_index"),
]
