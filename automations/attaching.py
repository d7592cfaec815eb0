"""Attaching: a report that belongs to an open case becomes a further incident there (R-02, HC-105 to HC-107).

In: the report's own case and the case that triage attaches it to, both whole. Out: the records to make there, keyed.
Never here: a yes taken from anybody but the person who gave it; a cell of staff's overwritten.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from automations.effects import Ref, Write
from automations.matching import same_person, share_contact
from automations.model import Case, Consent, Person, Row
from schema import choices as c

FROM = "/incident-from-"
IN_DOUBT = (c.ReferralState.UNKNOWN, c.ReferralState.SENDING)
NOT_COPIED = frozenset(
    {"Key", "Number", "First reported at", "First recorded as", "Reason for changing it", "Last refused at"}
)
"""Cells that the copy has of its own."""


def key_of(target: str, source: str) -> str:
    """The key of the incident that a report becomes on another case."""
    return f"{target}{FROM}{source}"


def mark_of(target: str, source: str) -> str:
    """The key of the development, on the report's own case, that says it is all there."""
    return f"{source}/attached/{target}"


def attached(source: Case, target: Case) -> Iterator[Write]:
    """The further incident, whoever is new on the case, and the victim's answers. Made twice it makes nothing twice."""
    [report] = source.incidents
    key, whole = key_of(target.reference, source.reference), (target.id,)
    there, new = _people(source, target, key)
    for person in new:
        own = f"{key}/person-{person.id}"
        yield Write("People", own, {"Key": own, "Case": whole, **_copied(person)})
    victims = tuple(there[p.id] for p in source.victims if p.id in there) or tuple(p.id for p in target.victims)
    suspects = tuple(there[p.id] for p in source.perpetrators if p.id in there)
    number = next((i.number for i in target.incidents if i.key == key), None) or next_number(target)
    yield Write("Incidents", key, {
        "Key": key, "Case": whole, "Number": number, "Victims": victims, "Alleged perpetrators": suspects,
        "Witnesses": tuple(there[id] for id in report.witness_ids if id in there), **_copied(report),
        "Incident": f"From {source.reference}", "First reported at": report.counts_from,
        "First recorded as": report.counts_from,
    })  # fmt: skip
    in_doubt = {p.id for p in new if any(o.role is p.role and share_contact(p, o) for o in target.people)}
    for row in (x for x in source.consents if _was_answered(x)):
        yield _answer(row, source, key, whole, there, suspects, in_doubt)
    yield from _told(source, target.reference, f"{target.reference}/notify_cdrp/incident-{number}", key, whole)


def refusals(source: Case, target: Case) -> Iterator[Write]:
    """Each no of a report that belongs to the other case, or repeats it, that the other case has not heard of: however
    it came, and whenever, it acts there (R-13). A development keeps it from coming back once staff saw to it.
    """
    there, _ = _people(source, target, "")
    known = {x.key for x in target.consents if x.answer is c.Answer.NO or x.withdrawn_at or x.last_refused_at}
    for row in (x for x in source.consents if _refuses(x)):
        own = f"{target.reference}/no-from-{source.reference}/consent-{row.id}"
        carried = f"{key_of(target.reference, source.reference)}/consent-{row.id}"
        if carried in known or own in target.development_keys or came_from(row, source, target):
            continue
        victim = there.get(_victim(row, source))
        cells = {"Key": own, "Case": (target.id,), **_copied(row), "Last refused at": row.last_refused_at}
        if isinstance(victim, str):
            cells["Victim"] = (victim,)
        yield Write("Consents", own, {name: value for name, value in cells.items() if value is not None})
        yield Write("Developments", own, {
            "Key": own, "Case": (target.id,), "Development": "A victim said no in another report",
            "Happened at": row.last_refused_at or row.recorded_at,
            "Detail": f"See Consents of {source.reference}: {row.option or 'no option named'}.",
        })  # fmt: skip


def refusals_back(source: Case, target: Case) -> Iterator[Write]:
    """Each no said on the case that a report was put on, as a no on the report's own case: what was told to partners
    from there is called back by it (R-13). A no of somebody else, or to another incident alone, stays there.
    """
    if not any(x.sent_under or x.by_hand_at for x in source.referrals):
        return
    key = key_of(target.reference, source.reference)
    there, _ = _people(target, source, "")
    there |= {p.id: own.id for p in target.people for own in source.people if p.key == f"{key}/person-{own.id}"}
    theirs = {None, *(i.id for i in target.incidents if i.key == key)}
    known = {f"{key}/consent-{x.id}" for x in source.consents if _refuses(x)}
    for row in (x for x in target.consents if _refuses(x) and x.incident_id in theirs):
        own = f"{source.reference}/no-from-{target.reference}/consent-{row.id}"
        whose = there.get(_victim(row, target))
        if row.key in known or own in source.development_keys or came_from(row, target, source):
            continue
        if not isinstance(whose, str) and _victim(row, target):
            continue
        cells = {"Key": own, "Case": (source.id,), **_copied(row), "Last refused at": row.last_refused_at,
                 "Victim": (whose,) if isinstance(whose, str) else None}  # fmt: skip
        yield Write("Consents", own, {name: value for name, value in cells.items() if value is not None})
        yield Write("Developments", own, {
            "Key": own, "Case": (source.id,), "Development": "A victim said no on the case that this report is part of",
            "Happened at": row.last_refused_at or row.recorded_at,
            "Detail": f"See Consents of {target.reference}: {row.option or 'no option named'}.",
        })  # fmt: skip


def came_from(row: Consent, here: Case, other: Case) -> bool:
    """Whether a no on this case was carried over from that one: it is not carried back."""
    return (row.key or "").startswith(f"{here.reference}/no-from-{other.reference}/")


def mark(source: Case, target: Case, at: datetime) -> Write:
    """The last write, `at` the moment of attaching (UTC). Until it stands the report's own case goes on."""
    key = mark_of(target.reference, source.reference)
    return Write("Developments", key, {
        "Key": key, "Case": (source.id,), "Development": "Attached to another case",
        "Happened at": at, "Detail": f"It goes on in {target.reference}.",
    })  # fmt: skip


def _told(source: Case, reference: str, own: str, key: str, whole: tuple[str, ...]) -> Iterator[Write]:
    """What the partnership was told of this report already: it is not told again, so that it counts once (R-14)."""
    notices = [x for x in source.referrals if x.purpose is c.Purpose.CDRP_NOTICE]
    gone = [at for x in notices if (at := x.by_hand_at or (x.sent_at if x.state in c.WENT else None))]
    if not gone and not any(x.state in IN_DOUBT for x in notices):
        return
    cells: dict[str, Any] = {
        "Key": own, "Case": whole, "Incident": (Ref("Incidents", "Key", key),), "Purpose": c.Purpose.CDRP_NOTICE,
        "Referral": f"{reference}: partnership notice, from {source.reference}",
        "Partner": next((x.partner for x in notices if x.partner), None),
        "Outcome": f"Told as {source.reference}; see its Referrals.",
    }  # fmt: skip
    cells |= {"Made by hand at": min(gone)} if gone else {"State": c.ReferralState.UNKNOWN}
    yield Write("Referrals", own, cells)


def next_number(target: Case) -> int:
    """The number of the next incident; that of one that was deleted or taken back is not given again."""
    gone = [a.key.partition("/incident-")[2].partition("/")[0] for a in target.actions if a.key]
    return max([*(i.number for i in target.incidents), *(int(n) for n in gone if n.isdecimal())], default=0) + 1


def _people(source: Case, target: Case, key: str) -> tuple[dict[str, Any], list[Person]]:
    """Who is who there, by the id here; and who is not on that case yet. An unknown victim is nobody in particular."""
    there: dict[str, Any] = {}
    new: list[Person] = []
    for p in source.people:
        known = next((o for o in target.people if o.role is p.role and same_person(p, o)), None)
        if known:
            there[p.id] = known.id
        elif p.name or (p.address and p.role is not c.PersonRole.VICTIM):
            there[p.id] = Ref("People", "Key", f"{key}/person-{p.id}")
            new.append(p)
    return there, new


def _was_answered(row: Consent) -> bool:
    """Whether anything was ever said: what was not asked yet is asked on the case itself."""
    return row.answer is not c.Answer.NOT_ASKED or bool(
        row.withdrawn_at or row.last_refused_at or row.refused_unseen_at
    )


def _answer(
    row: Consent,
    source: Case,
    key: str,
    whole: tuple[str, ...],
    there: dict[str, Any],
    suspects: tuple[Any, ...],
    in_doubt: set[str],
) -> Write:
    """One answer. A yes is for this incident and this person alone; a no or a withdrawal for all of them (R-13).

    A yes of somebody who cannot be told to be a victim there is nobody's yes: it is asked again. A no of somebody who
    may be a victim there under another name (`in_doubt`) names nobody, so that it holds for both.
    """
    own = f"{key}/consent-{row.id}"
    victim, refused = _victim(row, source), _refuses(row)
    cells = {"Key": own, "Case": whole, **_copied(row), "Last refused at": row.refused_unseen_at or row.last_refused_at}
    if victim in there and not (refused and victim in in_doubt):
        cells["Victim"] = (there[victim],)
    elif row.answer is c.Answer.YES and not refused:
        cells |= {"Answer": c.Answer.NOT_ASKED, "Given at": None, "Given by": None, "How given": None}
    if not refused:
        cells["Incident"] = (Ref("Incidents", "Key", key),)
        about = there.get(row.about_id or "") or (suspects[0] if len(suspects) == 1 else None)
        if row.option is c.Option.PERPETRATOR and about:
            cells["About"] = (about,)
    return Write("Consents", own, {name: value for name, value in cells.items() if value is not None})


def _victim(row: Consent, source: Case) -> str:
    """The id of whose answer it is, here; "" where nobody can tell."""
    return row.victim_id or (source.victims[0].id if len(source.victims) == 1 else "")


def _refuses(row: Consent) -> bool:
    return row.answer is c.Answer.NO or row.withdrawn_at is not None


def _copied(row: Row) -> dict[str, Any]:
    """The cells of a row that are filled, without its links and what the copy has of its own."""
    of: Any = row
    return {
        column: value
        for f in fields(of)
        if (column := f.metadata.get("column")) and column not in NOT_COPIED
        and not f.name.endswith(("_id", "_ids")) and (value := getattr(row, f.name)) not in (None, "", (), False)
    }  # fmt: skip
