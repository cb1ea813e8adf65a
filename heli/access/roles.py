"""The desks people sit at. Lawyer, volunteer and the like are kinds of helper, not roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    HEADQUARTERS = "headquarters", _("指挥部")
    TOWN_OFFICER = "town_officer", _("镇经办")
    VILLAGE_CADRE = "village_cadre", _("村干部")
    OFFICIAL = "official", _("陪同干部")
    HELPER = "helper", _("社会力量")
    DEPARTMENT_OFFICER = "department_officer", _("部门经办")
    LINE_OFFICER = "line_officer", _("归口单位")
    VALUER = "valuer", _("评估师")
    SURVEYOR = "surveyor", _("测量员")
    LEGAL_REVIEWER = "legal_reviewer", _("法律审核")
    DRAFTER = "drafter", _("协议起草")
    APPROVER = "approver", _("审批")
    PAYER = "payer", _("支付")
    CPPCC_MEMBER = "cppcc_member", _("政协委员")
    ORGANISATION = "organisation", _("社会组织或企业")
    GRID_WORKER = "grid_worker", _("网格员")
    AUDITOR = "auditor", _("审计监督")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
    OPERATOR = "operator", _("命令行操作员")


# Each of these three excludes every other role: nobody runs the system, hands out rights and watches over both.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})

# People of these roles work on the telephone; everybody else sits at a desk and signs in with a second factor.
PHONE = frozenset({Role.HELPER, Role.VILLAGE_CADRE, Role.GRID_WORKER, Role.CPPCC_MEMBER, Role.ORGANISATION})
