"""Sign-in pages: allauth's views in our templates, each with its rule."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp

from . import rules

login = rules.public("GET", "POST")(account.LoginView.as_view(template_name="access/login.html"))
logout = rules.public("GET", "POST")(account.LogoutView.as_view(template_name="access/logout.html"))
authenticate = rules.public("GET", "POST")(mfa.AuthenticateView.as_view(template_name="access/second_factor.html"))
reauthenticate = rules.signed_in("GET", "POST")(
    account.ReauthenticateView.as_view(template_name="access/reauthenticate.html")
)
mfa_reauthenticate = rules.signed_in("GET", "POST")(
    mfa.ReauthenticateView.as_view(template_name="access/second_factor.html")
)
activate_totp = rules.signed_in("GET", "POST")(totp.ActivateTOTPView.as_view(template_name="access/activate_totp.html"))
recovery_codes = rules.signed_in("GET")(
    recovery.ViewRecoveryCodesView.as_view(template_name="access/recovery_codes.html")
)
generate_codes = rules.signed_in("GET", "POST")(
    recovery.GenerateRecoveryCodesView.as_view(template_name="access/generate_codes.html")
)
