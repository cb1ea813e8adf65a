"""What each kind of message says, and where it leads. `%(name)s` are facts that the sender gives."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Text:
    """`inside` is read in the app, `outside` is what an SMS may say; `route` is the page it opens."""

    inside: Any
    outside: Any
    route: str
    icon: str


TEXTS: dict[str, Text] = {
    "invitation": Text(
        _("%(town)s想请您：%(ask)s"), _("【合力】有一件邀请等您看，不急。"), "dispatch:invitation", "heart-handshake"
    ),
    "invitation_recalled": Text(_("这次的邀请收回了，您不用再答。"), "", "dispatch:field", "arrow-back-up"),
    "accompany": Text(
        _("请您陪同%(helper)s：%(title)s"), _("【合力】有一次陪同等您看。"), "dispatch:need", "users-group"
    ),
    "accepted": Text(_("%(helper)s接受了：%(title)s"), "", "dispatch:need", "circle-check"),
    "declined": Text(_("%(helper)s这次不来，请再找一位：%(title)s"), "", "dispatch:need", "refresh"),
    "parties_decide": Text(
        _("%(helper)s说和这户有些关联，请问住户愿不愿意：%(title)s"), "", "dispatch:need", "help-circle"
    ),
    "go_ahead": Text(
        _("住户愿意请您来：%(ask)s"), _("【合力】有一件邀请等您看，不急。"), "dispatch:invitation", "circle-check"
    ),
    "finished": Text(_("住户说办好了：%(title)s。谢谢您。"), "", "dispatch:field", "mood-smile"),
    "not_needed": Text(_("这户现在不用您再来了，谢谢您。"), "", "dispatch:field", "arrow-back-up"),
    "import_done": Text(_("导入写完了：%(file)s，写入 %(count)s 条。"), "", "intake:batch", "file-import"),
    "export_done": Text(_("名单导好了：%(what)s，%(count)s 条。文件留一天。"), "", "lists:export", "file-export"),
    "confirm_record": Text(_("请看看您的资料对不对，都对点一下就行。"), "", "helpers:own", "user-check"),
    "loan_asked": Text(_("%(town)s想请您也去帮忙，愿不愿意都行。"), "", "helpers:own", "arrows-exchange"),
    "import_failed": Text(_("导入没有写成：%(file)s。什么都没有写进去。"), "", "intake:batch", "alert-circle"),
}
