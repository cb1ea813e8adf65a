"""What the engine says, as stored and as shown in the reader's language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from heli.engines.matching import Candidate, Reason
from heli.engines.matching.table import words

TERMS = {
    "skill": _("专长"),
    "place": _("就近"),
    "trust": _("信得过"),
    "continuity": _("接着帮"),
    "features": _("对特点"),
    "preference": _("经办意向"),
}
LEGEND = {**TERMS, "trust": _("住户信得过"), "features": _("对得上这户特点")}


def reason_document(reason: Reason) -> dict[str, Any]:
    return {"term": reason.term, "value": reason.value, "text": reason.text, "text_en": reason.text_en}


def candidate_document(candidate: Candidate) -> dict[str, Any]:
    return {
        "helper": candidate.helper,
        "official": candidate.official,
        "chosen": candidate.chosen,
        "score": candidate.score,
        "loss": candidate.loss,
        "reasons": [reason_document(reason) for reason in candidate.reasons],
        "why": reason_document(candidate.why),
    }


def feature_words(code: str) -> str:
    """A feature that no need form offers yet, as the engine calls it."""
    text, text_en = words(code)
    return said({"text": text, "text_en": text_en})


def said(document: dict[str, Any]) -> str:
    """A stored reason in the language of the page."""
    english = (get_language() or "").startswith("en")
    return str(document["text_en"] if english else document["text"])
