"""Codes: the words of our drop-downs as the short, stable codes that partners count by.

In: choices as staff see them. Out: codes that stay the same when a drop-down is reworded.
Never here: an answer that is not in a list (it has no code, so it cannot leave), a name.
"""

from collections.abc import Mapping

from schema import choices as c

STRAND: Mapping[str, str] = {
    c.Strand.RACE: "race",
    c.Strand.RELIGION: "religion",
    c.Strand.ORIENTATION: "sexual_orientation",
    c.Strand.DISABILITY: "disability",
    c.Strand.TRANS: "transgender",
    c.Strand.SEX: "sex",
    c.Strand.AGE: "age",
    c.Strand.SUBCULTURE: "subculture",
    c.Strand.OTHER: "other",
}

KIND: Mapping[str, str] = {
    c.IncidentType.VERBAL: "verbal_abuse",
    c.IncidentType.THREAT: "threat",
    c.IncidentType.ASSAULT: "assault",
    c.IncidentType.DAMAGE: "damage",
    c.IncidentType.GRAFFITI: "graffiti",
    c.IncidentType.ARSON: "arson",
    c.IncidentType.WRITTEN: "written",
    c.IncidentType.ONLINE: "online",
    c.IncidentType.RUBBISH: "rubbish",
    c.IncidentType.ANIMAL: "animal",
    c.IncidentType.OTHER: "other",
}

PLACE: Mapping[str, str] = {
    c.Place.HOME: "home",
    c.Place.COMMUNAL: "communal",
    c.Place.STREET: "street",
    c.Place.TRANSPORT: "transport",
    c.Place.WORK: "work_or_school",
    c.Place.WORSHIP: "worship",
    c.Place.ONLINE: "online",
    c.Place.OTHER: "other",
}

POLICE_TOLD: Mapping[str, str] = {
    c.PoliceTold.YES: "yes",
    c.PoliceTold.NO: "no",
    c.PoliceTold.NOT_KNOWN: "not_known",
}

SAFE_WAY: Mapping[str, str] = {
    c.Channel.LETTER: "letter",
    c.Channel.TELEPHONE: "telephone",
    c.Channel.TEXT: "text",
    c.Channel.EMAIL: "email",
    c.Channel.IN_PERSON: "in_person",
}

PART: Mapping[str, str] = {
    c.PersonRole.VICTIM: "victim",
    c.PersonRole.PERPETRATOR: "alleged_perpetrator",
    c.PersonRole.WITNESS: "witness",
}

ANSWER: Mapping[str, str] = {c.YesNo.YES: "yes", c.YesNo.NO: "no", c.YesNo.NOT_KNOWN: "not_known"}

COURSE: Mapping[str, str] = {
    "interview_perpetrator": "interview",
    "warning_letter": "warning",
    "landlord_request": "other_landlord",
    "director_notice": "other_landlords_director",
    "legal_advice": "legal_advice",
}
"""Steps that are a course of action against whoever did it (13.0). What is done for a victim is no partner's affair."""

LEGAL_STEP = "legal_step"
PROPOSED = frozenset({c.ActionState.OPEN, c.ActionState.BLOCKED, c.ActionState.ALERT, c.ActionState.ALERT_BLOCKED})
TAKEN = frozenset({c.ActionState.DONE, c.ActionState.DONE_LATE})

ASKED_FOR_BY: Mapping[str, str] = {
    c.Strand.RACE: "ethnic_group",
    c.Strand.RELIGION: "religion",
    c.Strand.ORIENTATION: "orientation",
    c.Strand.DISABILITY: "disability",
    c.Strand.TRANS: "gender_identity",
    c.Strand.SEX: "sex",
    c.Strand.AGE: "age_band",
}
"""The diversity question that a strand is about. The last two strands of the list have none."""

YES_NO: Mapping[str, str] = {"Yes": "yes", "No": "no"}

BANDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "age_band": (
        "Age band",
        {
            "Under 18": "under_18",
            "18 to 24": "18_24",
            "25 to 44": "25_44",
            "45 to 64": "45_64",
            "65 or over": "65_over",
        },
    ),
    "sex": ("Sex or gender", {"Female": "female", "Male": "male", "Another description": "other"}),
    "ethnic_group": (
        "Ethnic group",
        {
            "Asian or Asian British": "asian",
            "Black or Black British": "black",
            "Mixed": "mixed",
            "White": "white",
            "Another group": "other",
        },
    ),
    "religion": (
        "Religion or belief",
        {
            "None": "none",
            "Buddhist": "buddhist",
            "Christian": "christian",
            "Hindu": "hindu",
            "Jewish": "jewish",
            "Muslim": "muslim",
            "Sikh": "sikh",
            "Another": "other",
        },
    ),
    "orientation": (
        "Sexual orientation",
        {
            "Straight": "straight",
            "Gay or lesbian": "gay_or_lesbian",
            "Bisexual": "bisexual",
            "Another description": "other",
        },
    ),
    "disability": ("Disability", YES_NO),
    "gender_identity": ("Gender identity differs from sex at birth", YES_NO),
}
"""A diversity question: the field of the model, the column, and the code of each answer.
"Prefer not to say" has none, so it leaves as if nobody had asked."""
