"""Intake: from a report to a case, its first incident, its people and their first answers.

In: a report, the office, the moment. Out: the records to make, each with a key, and the sentences staff must read.
Never here: a report refused, a yes that the victim did not give, a question of proof (HC-066).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from automations.allocation import allocate
from automations.calendar import LONDON, calendar_for
from automations.deadlines import say
from automations.effects import Ref, Write
from automations.model import Area, Office, Report
from automations.options import answer_row, key_of
from schema import choices as c

EARLIEST = datetime.combine(calendar_for(c.Division.ENGLAND_AND_WALES).first, time.min, LONDON).astimezone(UTC)
"""The first moment that any deadline can be counted from."""
UNUSABLE = "report/first-reported-at"
"""Ends the key of the development that tells of a time of the first report that cannot be."""


def is_ready(report: Report) -> bool:
    """A row from the form is taken at once; a row typed in the grid once Send is ticked."""
    return not report.case_reference and (report.made_by is None or report.send)


def take(report: Report, office: Office, reference: str, now: datetime) -> Iterator[Write]:
    """The records that a report becomes. Taking it twice makes nothing twice: every record has its key."""
    who = allocate(report.postcode, report.area, office)
    reported_at, not_used = _reported_at(report)
    case = Ref("Cases", "Reference", reference)
    victim = Ref("People", "Key", f"{reference}/victim")
    perpetrator = Ref("People", "Key", f"{reference}/alleged-perpetrator")
    incident = Ref("Incidents", "Key", f"{reference}/incident-1")
    suspect_known = bool(report.perpetrator_name or report.perpetrator_address)
    yield Write("Cases", reference, {
        "Reference": reference, "Report": f"report-{report.id}", "State": c.CaseState.NEW, "Opened at": now,
        "First reported at": reported_at, "Area": who.area.name if who.area else None,
        "Division": (who.area.division if who.area else None) or c.Division.ENGLAND_AND_WALES,
        "Officer": who.officer.name if who.officer else None,
        "Supervisor": who.supervisor.name if who.supervisor else None,
    }, column="Reference")  # fmt: skip
    yield Write("People", victim.value, {
        "Key": victim.value, "Case": case, "Role": c.PersonRole.VICTIM, "Name": report.victim_name,
        "Address": report.address, "Postcode": report.postcode, "Telephone": report.telephone, "E-mail": report.email,
        "Safe ways to contact": report.safe_ways if _is_victims_word(report) else (),
        "Contact notes": _contact_notes(report),
        "Large print": report.large_print,
    })  # fmt: skip
    if report.reporter in (c.Reporter.WITNESS, c.Reporter.THIRD_PARTY) and report.reporter_name:
        witness = report.reporter is c.Reporter.WITNESS
        yield Write("People", f"{reference}/reporter", {
            "Key": f"{reference}/reporter", "Case": case, "Name": report.reporter_name,
            "Role": c.PersonRole.WITNESS if witness else c.PersonRole.REPORTER,
        })  # fmt: skip
    if suspect_known:
        yield Write("People", perpetrator.value, {
            "Key": perpetrator.value, "Case": case, "Role": c.PersonRole.PERPETRATOR, "Name": report.perpetrator_name,
            "Address": report.perpetrator_address, "Lives in": report.perpetrator_lives_in,
        })  # fmt: skip
    links: dict[str, Any] = {"Victims": (victim,)}
    if suspect_known:
        links["Alleged perpetrators"] = (perpetrator,)
    if report.reporter is c.Reporter.WITNESS and report.reporter_name:
        links["Witnesses"] = (Ref("People", "Key", f"{reference}/reporter"),)
    yield Write("Incidents", incident.value, {
        "Key": incident.value, "Case": case, "Incident": "Incident 1", "Number": 1, **links,
        "First reported at": reported_at, "First recorded as": reported_at, "Received by": report.received_by,
        "How reported": report.how_reported, "Reporter is": report.reporter, "Picked up at": now,
        "Happened at": report.happened_at if report.happened_at and report.happened_at <= now else None,
        "Happened where": report.happened_where, "Postcode": report.incident_postcode or report.postcode,
        "What happened": report.what_happened, "Kind of incident": report.kinds, "Because of": report.because_of,
        "Safe at home": report.safe_at_home, "Children at risk": report.children_at_risk,
        "Police know": report.police_know, "Police reference": report.police_reference,
    })  # fmt: skip
    if report.first_reported_at and reported_at != report.first_reported_at:
        key = f"{reference}/{UNUSABLE}"
        yield Write("Developments", key, {
            "Key": key, "Case": case, "Happened at": now,
            "Development": "The time of the first report could not be used", "Detail": " ".join(not_used),
        })  # fmt: skip
    yield from _answers(report, office, who.area, reference, case, victim, reported_at)
    yield from _repairs(report, reference, case, incident, reported_at)


def _is_victims_word(report: Report) -> bool:
    """Whether what it says is the victim's own, and now. In a copy it was said of another report, and may have been
    taken back there since (R-13).
    """
    return report.reporter is c.Reporter.VICTIM and not report.is_copy


def _contact_notes(report: Report) -> str | None:
    """What was noted. Which ways are safe is the victim's to say: what somebody else thinks is only told (R-21)."""
    if _is_victims_word(report) or not report.safe_ways:
        return report.contact_notes
    who = "another report, which this was copied from, says" if report.is_copy else "whoever reported it thinks"
    told = f"Not the victim's own word: {who} these are safe: {', '.join(report.safe_ways)}."
    return "\n".join(filter(None, (report.contact_notes, told)))


def taken(report: Report, reference: str, now: datetime, said: tuple[str, ...]) -> Write:
    """The last write: the report row carries the case reference, so it is not taken again."""
    return Write("Reports", f"report-{report.id}", {
        "Case reference": reference, "Taken at": now, "What needs a person": "\n".join(said) or None,
    }, record=report.id)  # fmt: skip


def faults(report: Report, office: Office, now: datetime) -> tuple[str, ...]:
    """Everything in the report that a person must look at, a sentence each. None of it stops the case."""
    said = [*allocate(report.postcode, report.area, office).problems, *_reported_at(report)[1], *report.problems]
    if report.happened_at and report.happened_at > now:
        said.append("Happened at is in the future, so it was left out.")
    if report.is_copy:
        said.append("It was copied from another report, so no yes and no safe way of contact in it counts: ask again.")
    return tuple(said)


def _reported_at(report: Report) -> tuple[datetime, list[str]]:
    """The moment that counts: as stated; where missing or in the future, when the report was entered."""
    entered = report.created_at
    if report.first_reported_at is None:
        return entered, [f"First reported at is missing; counted from when the report was entered, {say(entered)}."]
    if report.first_reported_at < EARLIEST:
        return entered, [
            f"First reported at cannot be right ({say(report.first_reported_at)}); "
            f"counted from when the report was entered, {say(entered)}."
        ]
    if report.first_reported_at > entered:
        return entered, [
            f"First reported at is later than the report itself ({say(report.first_reported_at)}); "
            f"counted from when it was entered, {say(entered)}."
        ]
    return report.first_reported_at, []


def _answers(
    report: Report, office: Office, area: Area | None, reference: str, case: Ref, victim: Ref, at: datetime
) -> Iterator[Write]:
    """The victim's first answers, one row for every option (HC-026).

    Only a victim's own yes says who gave it (R-21).
    """
    partner = office.partner(area.partner_id) if area else None
    by = c.GivenBy.VICTIM if _is_victims_word(report) else None
    answers = {
        c.Option.CDRP: report.tell_partnership, c.Option.POLICE: report.refer_to_police,
        c.Option.PERPETRATOR: report.speak_to_perpetrator, c.Option.SUPPORT: report.refer_for_support,
    }  # fmt: skip
    for option in c.Option:
        said = answers.get(option) or c.Answer.NOT_ASKED
        answered = said in (c.Answer.YES, c.Answer.NO)
        told = partner.name if partner and option is c.Option.CDRP else None
        yield answer_row(key_of(reference, option), case, victim, option, **{
            "Organisation": told, "Answer": said, "Given at": at if answered else None,
            "Given by": by if answered else None,
            "How given": c.HowGiven.SPOKEN if said is c.Answer.YES and by else None,
        })  # fmt: skip


def _repairs(report: Report, reference: str, case: Ref, incident: Ref, at: datetime) -> Iterator[Write]:
    wanted = []
    if report.graffiti is c.YesNo.YES:
        wanted.append((c.RepairKind.GRAFFITI, "graffiti"))
    if report.repair_needed is c.YesNo.YES:
        wanted.append((c.RepairKind.OTHER, "emergency-repair"))
    for kind, word in wanted:
        key = f"{reference}/{word}"
        yield Write("Repairs", key, {
            "Key": key, "Case": case, "Incident": incident, "Repair": str(kind), "Kind": kind, "Reported at": at,
            "Need known at": at,
        })  # fmt: skip
