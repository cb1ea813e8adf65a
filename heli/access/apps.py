from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.common import setting_up


class AccessConfig(AppConfig):
    name = "heli.access"

    def ready(self) -> None:
        from . import rules, services

        register(rules.every_route_has_a_rule)
        setting_up.step(services.operator)
        ledger.sentences(
            {
                "person.add": _("开了账号"),
                "person.sign_in": _("登录"),
                "grant.give": _("给了权限"),
                "grant.end": _("收回权限"),
                "value.reveal": _("露出了遮住的内容"),
            }
        )
