"""A message made elsewhere is handed over by the same rules, and it is known whether the server may have taken it."""

import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from on_loopback import TO, the_way_to

from automations.errors import BrokeOff, CaseworkError, MailboxBusy, NeedsAPerson, NoReceipt, NotReached
from sync.mail import MailSettings, SmtpMail


def a_message() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "casewatch@example.org"
    message["To"] = TO
    message["Subject"] = "Message 0123abcd"
    message.set_content("Words.")
    return message


class Cut:
    """A mail server that hangs up when it is told the thing named: RCPT, or the end of the words (.)."""

    def __init__(self, at: str) -> None:
        self._at = at
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        talking, _ = self._listening.accept()
        with talking, talking.makefile("rwb", buffering=0) as said:
            said.write(b"220 here\r\n")
            while line := said.readline().strip():
                if line.upper().startswith(self._at.encode()):
                    return
                if line.upper() == b"DATA":
                    said.write(b"354 go on\r\n")
                    while said.readline().strip() != b".":
                        continue
                    if self._at == ".":
                        return
                said.write(b"250 OK\r\n")

    def close(self) -> None:
        self._listening.close()


@pytest.fixture(params=["MAIL", "RCPT", "."])
def cut(request: pytest.FixtureRequest) -> Iterator[tuple[str, SmtpMail]]:
    server = Cut(request.param)
    yield request.param, SmtpMail(MailSettings("localhost", "casewatch@example.org", server.port, "plain"), timeout=2)
    server.close()


def test_it_is_known_whether_the_words_had_begun_when_the_server_hung_up(cut: tuple[str, SmtpMail]) -> None:
    """HC-052: before the words nothing was told; after them nobody knows, and who must not tell twice can ask."""
    at, mail = cut

    with pytest.raises(CaseworkError) as told:
        mail.hand_over(a_message(), TO)

    assert type(told.value) is (NoReceipt if at == "." else BrokeOff)
    assert TO not in str(told.value)


@pytest.mark.parametrize(
    ("answer", "error"), [("452 Full", MailboxBusy), ("550 No", NeedsAPerson), ("421 Closing", BrokeOff)]
)
def test_a_refusal_is_an_answer(open_desk, answer: str, error: type[Exception]) -> None:
    """The server said that it has not taken it, so it has not; the next message is taken."""
    desk = open_desk(refuse_whole=lambda _: answer if not desk.messages() and not passed else None)
    passed: list[bool] = []

    with pytest.raises(error) as told:
        the_way_to(desk).hand_over(a_message(), TO)
    assert not isinstance(told.value, NoReceipt)

    passed.append(True)
    the_way_to(desk).hand_over(a_message(), TO)
    assert [message["Subject"] for message in desk.messages()] == ["Message 0123abcd"]


def test_a_server_that_is_not_there_was_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(NotReached):
        SmtpMail(MailSettings("localhost", "casewatch@example.org", port, "plain"), timeout=1).hand_over(
            a_message(), TO
        )


@pytest.mark.parametrize("to", ["a@example.org\nBcc: b@example.org", "a@example.org,b@example.org", ""])
def test_an_address_that_could_be_more_than_one_is_refused(open_desk, to: str) -> None:
    desk = open_desk()

    with pytest.raises(NeedsAPerson):
        the_way_to(desk).hand_over(a_message(), to)

    assert desk.connections == 0
