"""Everything a person can do, and the one table of who may do it.

GRANTS: by role, in the regions of the grant. RELATIONS: by what the person is to the row while the relation is open.
OWN: on the row that stands for the person (an invitation, a message).
"""

from collections.abc import Mapping
from enum import StrEnum

from .roles import Role

R = Role


class Action(StrEnum):
    HOUSEHOLD_VIEW = "household.view"
    HOUSEHOLD_REVEAL = "household.reveal"
    HOUSEHOLD_EDIT = "household.edit"
    HELPER_VIEW = "helper.view"
    HELPER_ADMIT = "helper.admit"
    HELPER_REVEAL = "helper.reveal"
    HELPER_PROPOSE = "helper.propose"
    HELPER_EDIT = "helper.edit"
    HELPER_VET_LINE = "helper.vet_line"
    HELPER_LEND = "helper.lend"
    HELPER_LEND_AGREE = "helper.lend_agree"
    HELPER_OWN = "helper.own"
    TEAM_VIEW = "team.view"
    TEAM_EDIT = "team.edit"
    PAPER_VIEW = "paper.view"
    PAPER_OPEN = "paper.open"
    PAPER_ADD = "paper.add"
    PAPER_EDIT = "paper.edit"
    PAPER_REMOVE = "paper.remove"
    BLOCK_VIEW = "block.view"
    BLOCK_ADD = "block.add"
    BLOCK_BOUNDARY = "block.boundary"
    PARCEL_VIEW = "parcel.view"
    PARCEL_CHANGE = "parcel.change"
    IMPORT_VIEW = "import.view"
    IMPORT_RUN = "import.run"
    NEED_VIEW = "need.view"
    NEED_RAISE = "need.raise"
    NEED_CLOSE = "need.close"
    DISPATCH_VIEW = "dispatch.view"
    DISPATCH_PROPOSE = "dispatch.propose"
    DISPATCH_APPROVE = "dispatch.approve"
    DISPATCH_WORD = "dispatch.word"
    INVITATION_ANSWER = "invitation.answer"
    MATCHING_VIEW = "matching.view"
    MATCHING_RULE = "matching.rule"
    MESSAGE_READ = "message.read"
    LIST_KEEP = "list.keep"
    REGION_VIEW = "region.view"
    REGION_KEEP = "region.keep"
    GRANT_VIEW = "grant.view"
    GRANT_GIVE = "grant.give"


class As(StrEnum):
    """What a person is to a row while a relation is open."""

    LIAISON = "liaison"
    MATCHED_HELPER = "matched_helper"
    ACCOMPANYING_OFFICIAL = "accompanying_official"
    MEDIATOR = "mediator"
    DELEGATE = "delegate"
    REVIEWER = "reviewer"


GRANTS: Mapping[Action, frozenset[Role]] = {
    Action.HOUSEHOLD_VIEW: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE, R.AUDITOR}),
    Action.HOUSEHOLD_REVEAL: frozenset({R.TOWN_OFFICER, R.AUDITOR}),
    Action.HOUSEHOLD_EDIT: frozenset({R.TOWN_OFFICER}),
    Action.HELPER_VIEW: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE, R.HEADQUARTERS, R.LINE_OFFICER, R.AUDITOR}),
    Action.HELPER_ADMIT: frozenset({R.TOWN_OFFICER}),
    Action.HELPER_REVEAL: frozenset({R.TOWN_OFFICER, R.AUDITOR}),
    Action.HELPER_PROPOSE: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE}),
    Action.HELPER_EDIT: frozenset({R.TOWN_OFFICER}),
    Action.HELPER_VET_LINE: frozenset({R.LINE_OFFICER}),
    Action.HELPER_LEND: frozenset({R.HEADQUARTERS}),
    Action.HELPER_LEND_AGREE: frozenset({R.TOWN_OFFICER}),
    Action.HELPER_OWN: frozenset(),
    Action.TEAM_VIEW: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE, R.HEADQUARTERS, R.LINE_OFFICER, R.AUDITOR}),
    Action.TEAM_EDIT: frozenset({R.TOWN_OFFICER}),
    # That a paper is there; what is in it, as far as its class allows (access.classes); and who changes what.
    Action.PAPER_VIEW: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE, R.AUDITOR}),
    Action.PAPER_OPEN: frozenset({R.TOWN_OFFICER, R.AUDITOR}),
    Action.PAPER_ADD: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE}),
    Action.PAPER_EDIT: frozenset({R.TOWN_OFFICER}),
    Action.PAPER_REMOVE: frozenset({R.TOWN_OFFICER}),
    Action.BLOCK_VIEW: frozenset({R.TOWN_OFFICER, R.HEADQUARTERS, R.OFFICIAL, R.AUDITOR}),
    Action.BLOCK_ADD: frozenset({R.TOWN_OFFICER, R.HEADQUARTERS}),
    Action.BLOCK_BOUNDARY: frozenset({R.TOWN_OFFICER, R.HEADQUARTERS}),
    Action.PARCEL_VIEW: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE, R.HEADQUARTERS, R.OFFICIAL, R.AUDITOR}),
    Action.PARCEL_CHANGE: frozenset({R.TOWN_OFFICER}),
    Action.IMPORT_VIEW: frozenset({R.TOWN_OFFICER, R.AUDITOR}),
    Action.IMPORT_RUN: frozenset({R.TOWN_OFFICER}),
    Action.NEED_VIEW: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE, R.AUDITOR}),
    Action.NEED_RAISE: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE}),
    Action.NEED_CLOSE: frozenset({R.TOWN_OFFICER}),
    Action.DISPATCH_VIEW: frozenset({R.TOWN_OFFICER, R.AUDITOR}),
    Action.DISPATCH_PROPOSE: frozenset({R.TOWN_OFFICER}),
    Action.DISPATCH_APPROVE: frozenset({R.TOWN_OFFICER}),
    Action.DISPATCH_WORD: frozenset({R.TOWN_OFFICER, R.VILLAGE_CADRE}),
    Action.INVITATION_ANSWER: frozenset(),
    Action.MATCHING_VIEW: frozenset({R.HEADQUARTERS, R.TOWN_OFFICER, R.AUDITOR}),
    Action.MATCHING_RULE: frozenset({R.HEADQUARTERS}),
    Action.MESSAGE_READ: frozenset(),
    Action.LIST_KEEP: frozenset(),
    Action.REGION_VIEW: frozenset({R.HEADQUARTERS}),
    Action.REGION_KEEP: frozenset({R.HEADQUARTERS}),
    Action.GRANT_VIEW: frozenset({R.SECURITY_ADMIN, R.AUDIT_ADMIN}),
    Action.GRANT_GIVE: frozenset({R.SECURITY_ADMIN}),
}

RELATIONS: Mapping[Action, frozenset[As]] = {
    Action.HOUSEHOLD_VIEW: frozenset({As.LIAISON}),
    Action.NEED_VIEW: frozenset({As.LIAISON, As.ACCOMPANYING_OFFICIAL}),
    Action.DISPATCH_WORD: frozenset({As.ACCOMPANYING_OFFICIAL, As.LIAISON}),
}

OWN: frozenset[Action] = frozenset({Action.INVITATION_ANSWER, Action.MESSAGE_READ, Action.LIST_KEEP, Action.HELPER_OWN})


def may(role: Role, action: Action) -> bool:
    return role in GRANTS[action]
