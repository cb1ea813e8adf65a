"""Pages of the demonstration exist only where the demonstration made the database."""

from django.utils.translation import gettext as _

from heli.common.errors import NotVisible
from heli.common.models import Installation


def only_in_demonstration() -> None:
    if Installation.facts()[0] != "demo":
        raise NotVisible("not_found", _("没有找到这一页。"))
