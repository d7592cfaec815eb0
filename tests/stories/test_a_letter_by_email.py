"""Stories: a letter goes by e-mail where its reader asked for it and staff say so, and at no other time."""

from hashlib import sha256
from typing import Any

import pytest

from automations.by_email import ORGANISATION, SHARED
from automations.emailing import NO_SERVER, NOBODY_KNOWS
from automations.errors import BrokeOff, CaseworkError, MailboxBusy, NeedsAPerson, NoReceipt, NotReached
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import ACCUSED, Kind, a_case, approved, met, needs
from tests.stories.made_up_letters import offered_to_the_accused
from tests.stories.test_letters_that_a_step_asks_for import at_home, of
from tests.stories.test_letters_that_staff_ask_for import row, upload, victim
from tests.stories.test_letters_that_went import DOCUMENT, FIRST, WARNING, a_warning, developments

pytestmark = pytest.mark.usefixtures("plain_letters")
STATE, BY_EMAIL = c.LetterState, c.LetterDecision.BY_EMAIL
BOTH = (c.Channel.LETTER, c.Channel.EMAIL)
ASKED = {"E-mail": "sample@example.org", "Letters by e-mail": True, "Safe ways to contact": BOTH}
SAID = "What became of the e-mail"


def a_letter(**cells: Any) -> tuple[HarbourRow, str]:
    """A house with the draft of a first letter to a victim who asked for letters by e-mail, and the letter's row."""
    house = a_case()
    victim(house, **(ASKED | cells))
    [(id, _)] = of(house, FIRST)
    return house, id


def decide(house: HarbourRow, id: str, decision: c.LetterDecision | None = BY_EMAIL) -> dict[str, Any]:
    house.staff_write("amber", "Letters", id, decision=decision)
    return row(house, id)


def gone(house: HarbourRow) -> int:
    return len(house.mail.letters)


def test_it_goes_once_and_the_row_says_so_as_of_one_that_was_posted() -> None:
    """HC-024, HC-121: Sent, by e-mail, when, the hash of the very bytes, a development; and never again."""
    house, id = a_letter()
    assert (row(house, id)["State"], gone(house)) == (STATE.DRAFT, 0), "made is not sent"
    decide(house, id)
    [(to, message)] = house.mail.letters
    [pdf] = message.iter_attachments()
    assert (to, pdf.get_content()) == ("sample@example.org", DOCUMENT)
    mark = sha256(DOCUMENT).hexdigest()
    told = row(house, id)
    assert (told["State"], told["E-mailed at"], told["Hash"]) == (STATE.SENT, house.now, mark)
    assert (told["Decision"], told["Sent at"], told["What is missing"]) == (BY_EMAIL, None, None)
    assert developments(house, f"Letter sent: {FIRST}") == [f"Letters {id}. E-mail. SHA-256 {mark}."]
    assert house.action("details_to_victim")["State"] == c.ActionState.DONE
    assert needs(house) == ""
    house.restart()
    house.wait(hours=1)
    for later in (None, BY_EMAIL, c.LetterDecision.CANCELLED):
        decide(house, id, later)
        assert (gone(house), row(house, id)["State"], row(house, id)["Hash"]) == (1, STATE.SENT, mark), "it went"
    decide(house, id, c.LetterDecision.RETURNED)
    assert "it came back, so nobody was told" in needs(house)


@pytest.mark.parametrize(("cells", "why"), [
    ({"Letters by e-mail": False}, "The reader has not asked for letters by e-mail (People, Letters by e-mail)."),
    ({"Safe ways to contact": (c.Channel.LETTER,)}, "The reader has not said that e-mail is safe."),
    ({"E-mail": None}, "The reader has no e-mail address, or what stands there is none."),
    ({"E-mail": "a@example.org, b@example.org"}, "The reader has no e-mail address, or what stands there is none."),
])  # fmt: skip
def test_without_a_word_from_its_reader_it_does_not_go(cells: dict[str, Any], why: str) -> None:
    """HC-024, R-13: unknown is shut, the row and the case say why; put right it goes by itself."""
    house, id = a_letter(**cells)
    told = decide(house, id)
    assert (gone(house), told["State"], told[SAID]) == (0, STATE.DRAFT, f"Not sent: {why}")
    assert f"Letters {id}: not sent: {why}" in needs(house)
    victim(house, **ASKED)
    assert (gone(house), needs(house)) == (1, "")


@pytest.mark.parametrize("theirs", ["sample@example.org", "SAMPLE@example.org ", "s.ample+us@example.org"])
def test_a_mailbox_that_somebody_else_on_the_case_has_too_is_shut(theirs: str) -> None:
    """HC-024, R-21: whoever it is, they could read it; another address is another mailbox."""
    house, id = a_letter()
    other = house.staff_write("amber", "People", name="Other Sample", role=c.PersonRole.OTHER, email=theirs)
    assert decide(house, id)[SAID] == f"Not sent: {SHARED}"
    assert gone(house) == 0
    house.staff_write("amber", "People", other, email="other@example.org")
    assert gone(house) == 1


def test_where_only_email_is_safe_a_letter_is_written_and_is_not_for_the_post() -> None:
    """HC-024: without the wish for letters by e-mail none is written at all."""
    house, id = a_letter(**{"Safe ways to contact": (c.Channel.EMAIL,)})
    assert row(house, id)["State"] == STATE.DRAFT
    assert str(row(house, id)["What is missing"]).startswith("Not by post: the reader asked for letters by e-mail")
    upload(house, id, f"my {row(house, id)['Document'][0].name}", b"%PDF- my words")
    assert str(row(house, id)["What is missing"]).startswith("Not by post")
    assert needs(house) == "", "it is no fault"
    decide(house, id)
    assert (gone(house), row(house, id)["State"], row(house, id)["What is missing"]) == (1, STATE.SENT, None)
    other, held = a_letter(**{"Safe ways to contact": (c.Channel.EMAIL,), "Letters by e-mail": False})
    assert row(other, held)["State"] == STATE.HELD


def test_a_warning_goes_by_email_once_approved_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-093, R-25, R-17: and not while the gate on contact is shut, whatever staff decided."""
    house, id = a_warning(monkeypatch)
    accused = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", accused, **ASKED)
    told = decide(house, id)
    assert (gone(house), told["State"]) == (0, STATE.DRAFT)
    assert told[SAID].startswith("Not sent: A line manager approves it first")
    house.wait(hours=1)
    incident = house.only("Incidents").id
    house.staff_write("amber", "Incidents", incident, police_position=c.PolicePosition.WAIT)
    approved(house, id)
    assert (gone(house), row(house, id)[SAID]) == (0, "Not sent: The police ask us to wait.")
    house.staff_write("amber", "Incidents", incident, police_position=c.PolicePosition.NO_OBJECTION)
    assert (gone(house), row(house, id)["State"]) == (1, STATE.SENT)


def test_a_letter_that_waits_to_go_is_in_hand_and_none_is_begun_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-093: an officer ordered it before its step began, and the approval takes a while."""
    offered_to_the_accused(monkeypatch, WARNING)
    house = a_case(**ACCUSED)
    at_home(house)
    met(house)
    accused = house.only("People", role=c.PersonRole.PERPETRATOR).id
    id = house.staff_write("amber", "Letters", kind=WARNING, to=(accused,), decision=BY_EMAIL)
    house.wait(hours=1)
    met(house, Kind.PERPETRATOR)
    assert [each for each, _ in of(house, WARNING)] == [id]


def test_a_letter_to_an_organisation_and_one_of_no_kind_of_ours_do_not_go() -> None:
    """HC-063: To is whom it is about, who is not who reads it."""
    house, _ = a_letter()
    for kind, more in ((c.LetterKind.POLICE_REFERRAL, {}), (c.LetterKind.OTHER, {}),
                       (FIRST, {"addressed_to": "Sample Advice"})):  # fmt: skip
        id = house.staff_write("amber", "Letters", kind=kind, to=(victim(house),), decision=BY_EMAIL, **more)
        assert row(house, id)[SAID] == f"Not sent: {ORGANISATION}"
    assert gone(house) == 0


def test_a_mail_server_that_is_down_is_tried_again_and_one_that_refuses_is_not() -> None:
    """HC-024: a refusal is on the row until the reader's row is put right, or it is decided anew."""
    house, id = a_letter()
    house.mail.down = True
    assert decide(house, id)["State"] == STATE.DRAFT
    assert needs(house) == ""
    house.mail.down, house.mail.answers = False, BrokeOff()
    house.wait(minutes=6)
    assert "tried again" in row(house, id)[SAID]
    house.mail.answers = NeedsAPerson("The mail server refused the address (550).")
    house.wait(minutes=6)
    assert row(house, id)["State"] == STATE.REFUSED
    assert f"Letters {id}: not sent: The mail server refused the address (550)." in needs(house)
    house.mail.answers = None
    house.wait(hours=5)
    assert gone(house) == 0
    victim(house, **{"E-mail": "sample2@example.org"})
    assert [to for to, _ in house.mail.letters] == ["sample2@example.org"]
    assert row(house, id)["E-mail tried at"] is None


@pytest.mark.parametrize(("answer", "asked"), [(NotReached(), 1), (MailboxBusy(), 2)])
def test_a_server_that_hangs_is_asked_once_and_a_full_mailbox_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, answer: CaseworkError, asked: int
) -> None:
    """HC-006: waiting for it must hold up no report; a quarter of an hour later both letters are gone."""
    house, id = a_letter()
    house.report(victims_name="Other Sample")
    other = next(r.id for r in house.platform.records("People") if r.fields["Name"] == "Other Sample")
    house.staff_write("amber", "People", other, **(ASKED | {"E-mail": "other@example.org"}))
    house.mail.answers, tried = answer, list[str]()
    hand_over = house.mail.hand_over
    monkeypatch.setattr(house.mail, "hand_over", lambda m, to: (tried.append(to), hand_over(m, to)))
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Letters", [(each, {"Decision": BY_EMAIL}) for each, _ in of(house, FIRST)])
    house.run()
    house.wait(minutes=1)
    assert (len(tried), gone(house), len(of(house, FIRST))) == (asked, 0, 2)
    house.mail.answers = None
    house.wait(minutes=15)
    assert (gone(house), row(house, id)["State"]) == (2, STATE.SENT)


def test_an_outcome_that_nobody_knows_stops_at_a_person() -> None:
    """HC-024: nothing repeats it: not a restart, not time, not the same decision again. Staff say what became of it."""
    house, id = a_letter()
    house.mail.answers = NoReceipt("The mail server did not say.")
    told = decide(house, id)
    assert (told["State"], told[SAID], told["E-mailed at"]) == (STATE.UNKNOWN, NOBODY_KNOWS, None)
    assert f"Letters {id}: nobody knows whether it went" in needs(house)
    assert house.action("details_to_victim")["State"] != c.ActionState.DONE
    house.mail.answers = None
    house.restart()
    house.wait(hours=5)
    decide(house, id, None)
    assert decide(house, id)["State"] == STATE.UNKNOWN
    assert gone(house) == 0
    house.staff_write("amber", "Letters", id, decision=c.LetterDecision.POSTED, sent_at=house.now)
    assert (row(house, id)["State"], house.action("details_to_victim")["State"]) == (STATE.SENT, c.ActionState.DONE)
    assert "nobody knows" not in needs(house)


def test_without_a_mail_server_it_stays_and_says_so() -> None:
    """HC-024: somebody sees that it waits."""
    house, id = a_letter()
    house.runner._performer._emailing._post = None  # type: ignore[union-attr]
    assert decide(house, id)[SAID] == NO_SERVER
    assert needs(house).endswith("no mail server is in the settings.")
