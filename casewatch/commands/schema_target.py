"""Which bases `casewatch schema` works on: those on NocoDB or on Airtable, and what each leaves for a person.

In: names and addresses from the command line, tokens from the environment. Out: a SchemaTarget, steps, calls a month.
Never here: a token on the command line; a token sent anywhere in the clear.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from automations.errors import Stop

if TYPE_CHECKING:
    from schema.provisioning import Change
    from sync.platforms.airtable_schema import AirtableSchema
    from sync.platforms.nocodb_schema import NocoSchema

    Target = NocoSchema | AirtableSchema


def target_of(platform: str, url: str | None, name: str, workspace: str) -> Target:
    """The bases at that address. Stop before the creator's token goes anywhere in the clear."""
    from casewatch.settings import secret
    from sync.http import unfit
    from sync.platforms.nocodb_schema import NocoSchema

    if platform == "airtable":
        return _on_airtable(name, workspace)
    if not url:
        raise click.UsageError("Missing option '--url' (or CASEWATCH_NOCODB_URL): the address of NocoDB.")
    token = _token("nocodb", "API token of the bases' creator")
    if why := unfit(url):
        raise Stop(f"The address given by --url or CASEWATCH_NOCODB_URL {why}.")
    return NocoSchema(url, token, name, secret("form_password"))


def _on_airtable(name: str, workspace: str) -> AirtableSchema:
    from sync.http import unfit
    from sync.platforms.airtable_client import API, CONTENT, Client
    from sync.platforms.airtable_pace import SHARED
    from sync.platforms.airtable_schema import AirtableSchema

    token = _token("airtable", "personal access token of the bases' creator")
    proxy = os.environ.get("CASEWATCH_AIRTABLE_API", "")
    if proxy and (why := unfit(proxy)):
        raise Stop(f"The address in CASEWATCH_AIRTABLE_API {why}.")
    return AirtableSchema(Client(token, SHARED, proxy or API, proxy or CONTENT), name, workspace)


def _token(platform: str, what: str) -> str:
    from casewatch.settings import secret
    from sync.http import CARRIED, is_token

    variable = f"CASEWATCH_{platform.upper()}_TOKEN"
    token = secret(f"{platform}_token")
    if not token:
        raise Stop(
            f"There is no token: set {variable}, or put it into the file {platform}_token of the folder that "
            f"CASEWATCH_SECRETS names. It is the {what}."
        )
    if not is_token(token):
        raise Stop(f"{variable} {CARRIED}.")
    return token


def steps_of(target: Target, by_hand: Sequence[Change]) -> list[dict[str, str]]:
    """What the platform lets only a person make, step by step."""
    if not hasattr(target, "steps"):
        return []
    return [{"table": s.table, "cannot": s.cannot, "says": str(s)} for s in target.steps(by_hand)]


def feeds_of(target: Target, begin: bool = False) -> list[str]:
    """The bases whose changes nobody would be told of, where the platform keeps no audit; `begin` sees to it."""
    from sync.platforms.airtable_schema import AirtableSchema

    return target.feeds(begin) if isinstance(target, AirtableSchema) else []


def calls_of(target: Target, poll_seconds: int) -> str:
    """How many calls a month the platform will be asked, where it counts them; else ""."""
    if not hasattr(target, "steps"):
        return ""
    from sync.platforms.airtable_quota import projected, said

    return said(projected(poll_seconds))
