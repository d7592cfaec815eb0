"""Asking: what `casewatch explain` and `casewatch referral` need to read the demo's own cases, in the demo's folder.

In: the demo's settings. Out: a settings file, a folder of secrets, and the words to type.
Never here: a secret in the settings file, or a second runner: the demo has its own.
"""

import json
import shlex
from pathlib import Path

from casewatch.settings import Settings


def keep(settings: Settings, folder: Path) -> None:
    """Write both anew: the port may be another one than last time."""
    secrets = folder / "secrets"
    secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    assert settings.nocodb
    assert settings.nocodb_token
    known = {"nocodb_token": settings.nocodb_token, "reference_secret": settings.reference_secret}
    for name, theirs in settings.partner_secrets.items():
        known |= {f"partner_{name}_{what}": each for what, each in theirs.items()}
    for file, told in known.items():
        (secrets / file).touch(mode=0o600)
        (secrets / file).write_text(told.get_secret_value())
    landlord, nocodb = settings.landlord.model_dump(exclude_none=True), settings.nocodb.model_dump()
    mail = {"mail": settings.mail.model_dump(exclude_none=True)} if settings.mail else {}
    ways = {f"destinations.{name}": at.model_dump(mode="json", exclude_none=True)
            for name, at in settings.destinations.items()}  # fmt: skip
    (folder / "casewatch.toml").write_text(
        "# For `casewatch explain` and `casewatch referral` while the demo is open. It is written anew at each start.\n"
        + "".join(_table(*each) for each in ({"landlord": landlord, "nocodb": nocodb} | mail | ways).items()),
        "utf-8",
    )  # fmt: skip


def words(folder: Path, *command: str) -> str:
    """The command ("explain", a case), with the folder that its settings are kept in."""
    secrets, settings = shlex.quote(str(folder / "secrets")), shlex.quote(str(folder / "casewatch.toml"))
    return f"CASEWATCH_SECRETS={secrets} .venv/bin/casewatch {shlex.join(command)} --settings {settings}"


def _table(name: str, values: dict[str, object]) -> str:
    """Text and lists of text are written in TOML as in JSON."""
    lines = (f"{key} = {json.dumps(value)}" for key, value in values.items())
    return f"[{name}]\n" + "\n".join(lines) + "\n"
