"""A letter on the real platform: drafted, edited in a word processor, sent, sealed with its hash, and left alone.

In: an officer who is signed in, and passes of the runner. Out: the same row however often it is looked at.
Never here: what a letter says.
"""

from datetime import timedelta
from hashlib import sha256

from automations.ports import Record
from schema import choices as c
from tests.e2e.runner_process import one_pass
from tests.landlord import Landlord

EDITED = b"PK a letter, as the officer put it"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_an_edited_letter_is_kept_sealed_and_told_and_looking_again_changes_nothing(landlord: Landlord) -> None:
    """HC-024, HC-121: the file's own mark is the same at every reading, so that no pass writes for nothing."""
    report = landlord.report(safe_ways_to_contact=(c.Channel.LETTER,))
    one_pass(landlord)
    case = landlord.case_of(report)
    assert case
    officer = landlord.signed_in("amber")

    def letter() -> Record:
        [row] = landlord.rows("Letters", case)
        return row

    drafted = letter()
    assert drafted.fields["State"] == c.LetterState.DRAFT
    [document] = drafted.fields["Document"]
    name = document.name.replace(".pdf", ".docx")
    officer.attach("Letters", drafted.id, "Edited document", name, EDITED, WORD)
    one_pass(landlord)
    seen = letter()
    assert str(seen.fields["Edited from"]).endswith(document.name.removesuffix(".pdf")[-6:])
    one_pass(landlord)
    assert letter() == seen

    officer.update("Letters", [(drafted.id, {"Decision": c.LetterDecision.POSTED, "Sent how": c.Channel.LETTER})])
    landlord.admin.update("Letters", [(drafted.id, {"Sent at": drafted.created_at + timedelta(seconds=1)})])
    one_pass(landlord)
    gone, mark = letter(), sha256(EDITED).hexdigest()
    assert (gone.fields["State"], gone.fields["Hash"]) == (c.LetterState.SENT, mark)
    assert [f.name for f in gone.fields["Document"]] == [document.name]
    told = [str(r.fields["Detail"]) for r in landlord.rows("Developments", case)]
    assert f"Letters {drafted.id}. {c.Channel.LETTER}. SHA-256 {mark}." in told
    one_pass(landlord)
    assert letter() == gone


def test_a_letter_goes_by_email_once_and_its_row_says_so(landlord: Landlord) -> None:
    """HC-024, HC-121: the very bytes of the row's document arrive, and no later pass sends or writes again."""
    report = landlord.report(safe_ways_to_contact=f"{c.Channel.LETTER},{c.Channel.EMAIL}")
    one_pass(landlord)
    case = landlord.case_of(report)
    assert case
    officer = landlord.signed_in("amber")
    [victim] = landlord.rows("People", case)
    to = "sample.reader@example.org"
    officer.update("People", [(victim.id, {"E-mail": to, "Letters by e-mail": True})])
    one_pass(landlord)
    [drafted] = landlord.rows("Letters", case)
    officer.update("Letters", [(drafted.id, {"Decision": c.LetterDecision.BY_EMAIL})])
    one_pass(landlord)
    assert landlord.post.desk
    [message] = [m for m in landlord.post.desk.messages() if m["To"] == to]
    [pdf] = message.iter_attachments()
    [document] = drafted.fields["Document"]
    assert pdf.get_content() == landlord.admin.fetch("Letters", drafted.id, "Document", document.name)
    [gone] = landlord.rows("Letters", case)
    mark = sha256(pdf.get_content()).hexdigest()
    assert (gone.fields["State"], gone.fields["Hash"]) == (c.LetterState.SENT, mark)
    assert gone.fields["E-mailed at"]
    told = [str(r.fields["Detail"]) for r in landlord.rows("Developments", case)]
    assert f"Letters {drafted.id}. {c.Channel.EMAIL}. SHA-256 {mark}." in told
    one_pass(landlord)
    assert landlord.rows("Letters", case) == [gone]
    assert len([m for m in landlord.post.desk.messages() if m["To"] == to]) == 1
