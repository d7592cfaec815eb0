"""Settings: one object from casewatch.toml and CASEWATCH_*; secrets from the environment or a secrets folder.

In: files and the environment. Out: Settings, or one message with every fault in it.
Never here: a secret in the toml file, a default for anything that decides who is told what.
"""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticKnownError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from automations.errors import Stop
from casewatch.destinations import KINDS, Destination
from casewatch.part import Part
from sync.http import CARRIED, is_token, unfit

FILE = "casewatch.toml"


class Landlord(Part):
    """What the letterhead says."""

    name: str
    address: tuple[str, ...]
    telephone: str
    email: str
    neutral_sender: str
    out_of_hours: str | None = None
    logo: Path | None = None


class NocoDB(Part):
    """Where the bases are. `name` ends the title of each; `address` is what staff open in a browser."""

    url: str
    name: str
    address: str = ""

    @field_validator("url")
    @classmethod
    def may_carry_cases(cls, url: str) -> str:
        """Everything about every victim goes to and from this address."""
        if why := unfit(url):
            raise ValueError(f"it {why}")
        return url


class Airtable(Part):
    """The bases on Airtable, in place of NocoDB. `name` ends the title of each; `address` is what staff open."""

    name: str
    address: str = "https://airtable.com/"
    api: str = "https://api.airtable.com"
    content: str = "https://content.airtable.com"
    """Where files are sent to."""
    audit: Path = Field(default=Path("airtable-audit.sqlite"), validate_default=True)
    """The runner's own record of who changed what, beside the settings file if it is no whole path."""

    @field_validator("audit")
    @classmethod
    def beside_the_settings(cls, audit: Path) -> Path:
        """Wherever the command is called from, it is one file."""
        return Path(os.environ.get("CASEWATCH_SETTINGS", FILE)).absolute().parent / audit

    @field_validator("api", "content")
    @classmethod
    def may_carry_cases(cls, url: str) -> str:
        """Everything about every victim goes to and from these addresses."""
        if why := unfit(url):
            raise ValueError(f"it {why}")
        return url


class Mail(Part):
    """The landlord's mail server."""

    host: str
    sender: str
    port: int = Field(default=587, ge=1, le=65535)
    mode: Literal["starttls", "tls", "plain"] = "starttls"
    username: str = ""
    ca_file: str | None = None


class Letters(Part):
    """How letters are made. `office`: where soffice of LibreOffice is, if it is not found by its name."""

    office: str | None = None


def _carried(token: SecretStr) -> SecretStr:
    """A token that no header can carry would break off every pass, at the worst with itself in the log."""
    if not is_token(token.get_secret_value()):
        raise ValueError(f"it {CARRIED}")
    return token


def _text(secret: SecretStr) -> SecretStr:
    try:
        secret.get_secret_value().encode()
    except UnicodeEncodeError:
        raise ValueError("it is not text in UTF-8") from None
    return secret


Token = Annotated[SecretStr, AfterValidator(_carried)]
Secret = Annotated[SecretStr, AfterValidator(_text)]


class Settings(BaseSettings):
    """Everything a run needs. Secrets: nocodb_token or airtable_token, mail_password, reference_secret,
    partner_<name>_<what>.
    """

    model_config = SettingsConfigDict(env_prefix="CASEWATCH_", extra="forbid", frozen=True)

    landlord: Landlord
    airtable: Airtable | None = None
    nocodb: NocoDB | None = Field(default=None, validate_default=True)
    mail: Mail | None = None
    letters: Letters = Letters()
    destinations: dict[str, Destination] = Field(default_factory=dict)
    poll_seconds: int = Field(default=15, ge=1, le=3600)
    airtable_token: Token | None = Field(default=None, validate_default=True)
    nocodb_token: Token | None = Field(default=None, validate_default=True)
    form_password: Secret = SecretStr("")
    mail_password: Secret = SecretStr("")
    reference_secret: Secret = SecretStr("")
    partner_secrets: dict[str, dict[str, Secret]] = Field(default_factory=dict)
    """By destination and what each is, for a destination that is made while we run."""

    @field_validator("nocodb", "nocodb_token", "airtable_token", mode="before")
    @classmethod
    def of_one_platform(cls, told: object, info: ValidationInfo) -> object:
        """The bases are in one place, and its token is needed."""
        on_airtable = info.data.get("airtable") is not None
        if told is None and on_airtable == (info.field_name == "airtable_token"):
            raise PydanticKnownError("missing")
        if told is not None and info.field_name == "nocodb" and on_airtable:
            raise ValueError("name one platform, NocoDB or Airtable")
        return told

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the secrets folder before the file."""
        toml = TomlConfigSettingsSource(settings_cls, Path(os.environ.get("CASEWATCH_SETTINGS", FILE)))
        folder = os.environ.get("CASEWATCH_SECRETS")
        secrets = (SecretsSettingsSource(settings_cls, folder, env_prefix=""),) if folder else ()
        return (init_settings, env_settings, *secrets, toml)


SECRET_FIELDS = (
    "nocodb_token",
    "airtable_token",
    "form_password",
    "mail_password",
    "reference_secret",
    "partner_secrets",
)


def load(file: Path | None = None) -> Settings:
    """The settings. Stop with every fault at once; no value is ever repeated in it."""
    path = file or Path(os.environ.get("CASEWATCH_SETTINGS", FILE))
    if not os.path.isfile(path):  # Path.is_file raises where a folder on the way is closed to us
        raise Stop(f"There is no settings file at {path} that we may read. Start from the example in docs/settings.md.")
    _secrets_can_be_read(os.environ.get("CASEWATCH_SECRETS"))
    before = os.environ.get("CASEWATCH_SETTINGS")
    os.environ["CASEWATCH_SETTINGS"] = str(path)
    try:
        _no_secret_in(path)
        settings = Settings.model_validate({})
    except ValidationError as error:
        raise Stop(f"{path.name}:\n" + "\n".join(_fault(f) for f in error.errors(include_input=False))) from None
    finally:
        if before is None:
            del os.environ["CASEWATCH_SETTINGS"]
        else:
            os.environ["CASEWATCH_SETTINGS"] = before
    return settings


def secret(name: str) -> str:
    """A secret by its lower-case name, from CASEWATCH_<NAME> or the secrets folder; "" where neither has it.

    Stop where the folder or the file cannot be read.
    """
    folder = os.environ.get("CASEWATCH_SECRETS")
    if told := os.environ.get(f"CASEWATCH_{name.upper()}"):
        return told
    _secrets_can_be_read(folder)
    file = Path(folder) / name if folder else None
    return file.read_text("utf-8").strip() if file and file.is_file() else ""


def partner_secret(name: str, what: str, settings: Settings) -> str:
    """A destination's token, key or passphrase, from CASEWATCH_PARTNER_<NAME>_<WHAT> or the secrets folder's file
    `partner_<name>_<what>`; "" where neither has it. Stop where it cannot be read.
    """
    folder = os.environ.get("CASEWATCH_SECRETS")
    file = Path(folder) / f"partner_{name}_{what}" if folder else None
    given = settings.partner_secrets.get(name, {}).get(what, SecretStr(""))
    try:
        told = os.environ.get(partner_variable(name, what))
        told = told or (file.read_text("utf-8").strip() if file and file.is_file() else "")
    except (OSError, UnicodeDecodeError):
        raise Stop(f"The {what} of the destination {name} cannot be read from the secrets folder.") from None
    return told or given.get_secret_value()


def partner_variable(name: str, what: str) -> str:
    """The environment's name for a destination's secret."""
    return f"CASEWATCH_PARTNER_{name}_{what}".upper().replace("-", "_")


def _secrets_can_be_read(folder: str | None) -> None:
    """Stop, naming the setting, where the folder or one of its secrets cannot be read."""
    if not folder:
        return
    if not os.path.isdir(folder):
        raise Stop(f"CASEWATCH_SECRETS names no folder: {folder}.")
    faults: list[str] = []
    for name in SECRET_FIELDS:
        file = Path(folder) / name
        try:
            if file.exists():
                file.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            faults.append(f"{name} in CASEWATCH_SECRETS cannot be read: save it as plain text (UTF-8), open to us.")
    if faults:
        raise Stop("\n".join(faults))


def _no_secret_in(path: Path) -> None:
    import tomllib

    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise Stop(f"{path.name} cannot be read: {error}.") from None
    except UnicodeDecodeError:
        raise Stop(f"{path.name} cannot be read: it is not text in UTF-8.") from None
    found = [name for name in SECRET_FIELDS if name in content]
    if found:
        raise Stop(f"{path.name} holds {', '.join(found)}: secrets go in the environment or the secrets folder.")


def _fault(fault: Any) -> str:
    part = [str(each) for each in fault["loc"]]
    if part[:1] == ["destinations"] and part[2:3] and part[2] in KINDS:  # which class it was is no setting
        del part[2]
    where = ".".join(part)
    if fault["type"] == "missing" and where in SECRET_FIELDS:
        return (
            f"  - no {where.replace('_', ' ')}: set CASEWATCH_{where.upper()}, or put it into the file {where} of the "
            "folder that CASEWATCH_SECRETS names. It is the runner's, who may edit the bases and no more. Never here."
        )
    why = {"missing": "missing", "extra_forbidden": "not a setting"}.get(fault["type"], fault["msg"])
    return f"  - {where}: {why}"
