"""Reasons: why one field of one person may go, or stays here, by their ground and their part in it.

In: a message, one part of it, the name of a field. Out: a sentence, or "" where the published words say it all.
Never here: a value, a sentence about somebody else's ground (R-15), a rule about what may go (people.py).
"""

from collections.abc import Mapping

from pydantic import BaseModel

from sync.partners.models import Ground, Incident, Reached
from sync.partners.models_agencies import AtRisk
from sync.partners.models_landlords import Tenant, Victim

Person = Reached | Tenant | Victim
CONSENT, OVERRIDE = "consent", "override"
ACCUSED = "alleged_perpetrator"
GROUNDS: Mapping[str, str] = {
    CONSENT: "Their own answer agrees to this partner: {}.",
    OVERRIDE: "The victim did not agree; two managers decided: {}.",
    "unlawful_acts": "They are alleged to have done it: told to prevent or detect unlawful acts, without their "
    "agreement ({}).",
    "safeguarding": "To protect somebody at risk ({}): it waits for nobody's agreement.",
    "own_agreement": "They are willing that what they saw is used: {}.",
}
"""By the basis of a ground: why somebody is named. The record stands in the place of the brackets."""
TENANTS = "Their own tenant, who is alleged to have done it: told to prevent or detect unlawful acts ({})."
NONE = "Nothing is on record."
NAME_ALONE = "No leave: they hold something back or limit what they agreed to, so the name alone is told."
NOT_ASKED = "No safe way: nobody has asked which ways are safe."
NEEDS: Mapping[str, tuple[frozenset[str], str]] = {
    "telephone": (
        frozenset({"telephone", "text"}),
        "No safe way: they do not call the telephone or text messages safe.",
    ),
    "email": (frozenset({"email"}), "No safe way: they do not call e-mail safe."),
    "address": (
        frozenset({"letter", "in_person"}),
        "No safe way: they do not call letters or visits to their home safe.",
    ),
}
"""Which ways each field needs, and what is said where none of them is safe."""
NOT_ALL = "No leave: not every victim is named and holds nothing back."
ANSWERED_BY_OTHERS = "Nothing is on record, or somebody who stays unnamed answers it too or may be found by it."


def may_go(message: BaseModel, part: BaseModel, name: str) -> str:
    """Why a field of this part leaves; "" where it is the same for everybody."""
    if isinstance(part, Person):
        return _of_person(part, name)
    if isinstance(part, Incident) and name == "happened_at":
        return _when(message)
    return ""


def stays(message: BaseModel, part: BaseModel, name: str) -> str:
    """Why a field of this part has nothing in it; "" where the code cannot tell."""
    if isinstance(part, Person):
        return _not_of_person(part, "address" if name == "postcode" else name)
    if isinstance(part, Incident):
        return _not_of_incident(message, part, name)
    return NONE if name in ("happened_at", "happened_on") else ""


def is_technical(part: BaseModel, name: str) -> bool:
    """Whether an empty field tells nobody anything: a ground without a limit or a last day."""
    return isinstance(part, Ground) and name in ("scope", "expires_on")


def _of_person(who: Person, name: str) -> str:
    accused = getattr(who, "part", "") == ACCUSED
    match name:
        case "name":
            return " ".join(on(who))
        case "address" | "postcode" if accused:
            return "Where whoever is alleged to have done it lives; it shows no victim's home."
        case "address" if isinstance(who, AtRisk):
            return "Where somebody is at risk: it goes whatever way is safe."
        case "safe_ways" if isinstance(who, Reached) and not who.safe_ways:
            if accused:
                return "No way to reach an alleged perpetrator is told."
            return NAME_ALONE if who.withheld else "Nobody has asked which ways are safe, so they ask us."
        case "ask_us_first" if OVERRIDE in _bases(who):
            return "The victim did not agree: they ring us before any contact."
    return ""


def on(who: Person) -> list[str]:
    """On which ground, or grounds, somebody is told of, a sentence each."""
    said = []
    for each in who.grounds:
        known = GROUNDS.get(each.basis.casefold(), "Another lawful basis of their own: {}.")
        said.append(
            (TENANTS if isinstance(who, Tenant) and each.basis == "unlawful_acts" else known).format(each.record)
        )
    return list(dict.fromkeys(said))


def _bases(who: Person) -> set[str]:
    return {each.basis.casefold() for each in who.grounds}


def _people(message: BaseModel) -> tuple[Person, ...]:
    return tuple(x for x in getattr(message, "people", ()) if isinstance(x, Person))


def _when(message: BaseModel) -> str:
    """When it happened is told on the grounds of the victims who are named."""
    of = [each for who in _people(message) if getattr(who, "part", "") == "victim" for each in who.grounds]
    if on := [each.record for each in of if each.basis.casefold() == OVERRIDE]:
        return f"When it happened: two managers decided that it is told ({', '.join(dict.fromkeys(on))})."
    return (
        "" if all(each.basis.casefold() == CONSENT for each in of) else "When it happened: on a lawful basis of theirs."
    )


def _not_of_person(who: Person, name: str) -> str:
    if not isinstance(who, Reached):
        return NONE if name == "name" else "Nothing is on record, or it may show where a victim lives."
    if who.withheld and name != "name":
        return NAME_ALONE
    part = getattr(who, "part", "victim")
    if part == ACCUSED and name != "name":
        return ("Nothing is on record, or it may show where a victim lives." if name == "address"
                else "No leave: of an alleged perpetrator it is never told.")  # fmt: skip
    if part == "witness" and name in ("language", "born_on"):
        return "No leave: of a witness it is not told." if name == "born_on" else NONE
    if name in NEEDS and not (isinstance(who, AtRisk) and name == "address"):
        ways, none_safe = NEEDS[name]
        if ways.isdisjoint(who.safe_ways):
            return none_safe if who.safe_ways else NOT_ASKED
    asks = who.ask_us_first and not isinstance(who, AtRisk)
    return ANSWERED_BY_OTHERS if name == "address" or (asks and name in ("telephone", "email", "language")) else NONE


def _not_of_incident(message: BaseModel, incident: Incident, name: str) -> str:
    kept = getattr(message, "victims_not_named", 0) or any(getattr(x, "withheld", ()) for x in _people(message))
    if name == "police_reference" and kept:
        return NOT_ALL
    if name == "police_reference" and incident.police_told != "yes":
        return "Nothing to tell: by the record the police do not know of it."
    return NONE if name in ("happened_at", "postcode", "place", "police_reference") else ""
