"""The platform's contract: files, errors say what to do and repeat nothing.

In: an adapter, and staff at its grid. Out: one test a promise.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

import pytest

from automations.errors import CaseworkError
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
