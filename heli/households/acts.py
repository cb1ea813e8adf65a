"""What can be done to many households at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heli.access import Action
from heli.lists import Act

from . import many, selectors


class GroupForm(forms.Form):
    group_name = forms.CharField(
        max_length=20, label=gettext_lazy("改成哪个小组"), help_text=gettext_lazy("比如：三组")
    )


def _block_form(person: Any) -> Any:
    """The blocks of the towns in which the person may change households."""
    field = forms.ModelChoiceField(
        queryset=selectors.blocks_to_choose(person), label=_("归到哪个区块"), to_field_name="code", empty_label=None
    )
    return type("BlockForm", (forms.Form,), {"block": field})


ALL = (
    Act(
        key="block",
        label=gettext_lazy("归到区块"),
        action=Action.HOUSEHOLD_EDIT,
        title=lambda said: _("把 %(said)s归到区块") % {"said": said},
        form=_block_form,
        do=many.households_move_block,
        undo=many.households_restore,
        note=gettext_lazy("户号不变。以后的记录写在新区块名下。"),
    ),
    Act(
        key="group",
        label=gettext_lazy("改小组"),
        action=Action.HOUSEHOLD_EDIT,
        title=lambda said: _("给 %(said)s改小组") % {"said": said},
        form=lambda person: GroupForm,
        do=many.households_set_group,
        undo=many.households_restore,
    ),
)
