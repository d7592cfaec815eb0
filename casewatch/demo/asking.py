"""Asking: what `casewatch explain` needs to read the demo's own cases, kept in the demo's folder.

In: the demo's settings. Out: a settings file, a folder with one secret, and the words to type.
Never here: partners, mail, or a second runner: the demo has its own.
"""

import json
import shlex
from pathlib import Path

from casewatch.settings import Settings


def keep(settings: Settings, folder: Path) -> None:
    """Write both anew: the port may be another one than last time."""
    secrets = folder / "secrets"
    secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    token = secrets / "nocodb_token"
    token.touch(mode=0o600)
    assert settings.nocodb
    assert settings.nocodb_token
    token.write_text(settings.nocodb_token.get_secret_value())
    landlord, nocodb = settings.landlord.model_dump(exclude_none=True), settings.nocodb.model_dump()
    (folder / "casewatch.toml").write_text(
        "# For `casewatch explain` while the demo is open. It is written anew at each start.\n"
        + _table("landlord", landlord) + _table("nocodb", nocodb),
        "utf-8",
    )  # fmt: skip


def words(folder: Path, reference: str) -> str:
    """The command, with the folder that it is kept in."""
    secrets, settings = shlex.quote(str(folder / "secrets")), shlex.quote(str(folder / "casewatch.toml"))
    return f"CASEWATCH_SECRETS={secrets} .venv/bin/casewatch explain {reference} --settings {settings}"


def _table(name: str, values: dict[str, object]) -> str:
    """Text and lists of text are written in TOML as in JSON."""
    lines = (f"{key} = {json.dumps(value)}" for key, value in values.items())
    return f"[{name}]\n" + "\n".join(lines) + "\n"
