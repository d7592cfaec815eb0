"""The platform's contract: files, errors say what to do and repeat nothing.

In: an adapter, and staff at its grid. Out: one test a promise.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

import pytest

from automations.errors import CaseworkError, Stop
from tests.contracts.platform.samples import a_key


class Files:
    """Files."""

    @pytest.mark.parametrize("name", ["letter.pdf", "Brief – رسالة 😀 (1).pdf", "o'neil 50%.pdf"])
    def test_a_file_is_added_once_and_comes_back_whole(self, platform, name):
        """What is there stays; the same name and size twice adds nothing; another size is another file."""
        content = bytes(range(256)) * 40
        (id,) = platform.create("Letters", [{"Key": a_key()}])
        platform.attach("Letters", id, "Document", "first.txt", b"first", "text/plain")
        for _ in range(2):
            platform.attach("Letters", id, "Document", name, content, "application/pdf")

        files = platform.get("Letters", [id])[0].fields["Document"]
        assert [(file.name, file.size, file.mimetype) for file in files] == [
            ("first.txt", 5, "text/plain"), (name, len(content), "application/pdf"),
        ]  # fmt: skip
        assert platform.fetch("Letters", id, "Document", name) == content
        assert platform.fetch("Letters", id, "Document", "first.txt") == b"first"
        platform.attach("Letters", id, "Document", name, b"newer", "application/pdf")
        assert platform.fetch("Letters", id, "Document", name) == b"newer"
        with pytest.raises(KeyError):
            platform.fetch("Letters", id, "Document", "not there.pdf")

    def test_a_file_may_take_the_place_of_what_is_there(self, platform):
        """Only the new one is left; the same again changes nothing, and is put alone where others joined it."""
        (id,) = platform.create("Letters", [{"Key": a_key()}])

        def put(name, content):
            platform.attach("Letters", id, "Document", name, content, "application/pdf", instead=True)
            return [(file.name, file.size) for file in platform.get("Letters", [id])[0].fields["Document"]]

        assert put("letter 1.pdf", b"first") == [("letter 1.pdf", 5)]
        platform.attach("Letters", id, "Document", "other.txt", b"other", "text/plain")
        assert put("letter 2.pdf", b"second") == [("letter 2.pdf", 6)]
        assert put("letter 2.pdf", b"second") == [("letter 2.pdf", 6)]
        assert put("letter 2.pdf", b"longer than before") == [("letter 2.pdf", 18)]
        assert platform.fetch("Letters", id, "Document", "letter 2.pdf") == b"longer than before"
        with pytest.raises(KeyError):
            platform.fetch("Letters", id, "Document", "letter 1.pdf")
        platform.attach("Letters", id, "Document", "other.txt", b"other", "text/plain")
        assert put("letter 2.pdf", b"longer than before") == [("letter 2.pdf", 18)]

    def test_a_cell_of_files_can_be_emptied_and_takes_no_other_value(self, platform):
        """With other cells of the same row; files go in through attach alone."""
        (id,) = platform.create("Letters", [{"Key": a_key(), "Document": ()}])
        platform.attach("Letters", id, "Document", "letter.pdf", b"first", "application/pdf")
        held = platform.get("Letters", [id])[0].fields["Document"]
        with pytest.raises(Stop, match="attach"):
            platform.update("Letters", [(id, {"Document": held})])

        platform.update("Letters", [(id, {"Document": (), "Made from": "x"})])
        fields = platform.get("Letters", [id])[0].fields
        assert (fields["Document"], fields["Made from"]) == ((), "x")


class Errors:
    """Errors say what to do and repeat nothing."""

    def test_errors_never_repeat_what_a_cell_held(self, platform):
        """A name or an account of harm must not reach a log by way of an error."""
        secret = "Mrs A. Person of 1 The Street"
        (id,) = platform.create("Actions", [{"Key": f"{a_key()}{secret}"}])
        key = platform.get("Actions", [id])[0].fields["Key"]
        for attempt in (
            lambda: platform.create("Actions", [{"Key": key}]),
            lambda: platform.create("Actions", [{"Key": a_key(), "State": secret}]),
            lambda: platform.create("Actions", [{"Due at": secret}]),
            lambda: platform.update("Actions", [(id, {"State": secret})]),
        ):
            with pytest.raises(CaseworkError) as error:
                attempt()
            assert secret not in str(error.value)
