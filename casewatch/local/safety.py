"""Safety: whether a NocoDB, ours or another's, is fit to hold cases.

In: its address and a token. Out: nothing, or one Stop that lists every fault at once.
Never here: a fault put right in a server that we did not start.
"""

from __future__ import annotations

import secrets
from typing import Any

import requests

from automations.errors import TryAgainLater
from casewatch.local.errors import Unsafe
from sync.http import Session

_WAIT = 20


def check(url: str, token: str, session: Session | None = None) -> None:
    """Raise Unsafe with every fault of the server at *url*; *token* is an API token or a sign-in's."""
    link = session or Session("NocoDB")
    faults = faults_of(_info(url, token, link))
    if not _attachments_need_a_sign_in(url, link):
        faults.append("attachments can be fetched by anyone: set NC_SECURE_ATTACHMENTS=true")
    if faults:
        raise Unsafe("".join(f"\n  - {fault}" for fault in faults))


def faults_of(info: dict[str, Any]) -> list[str]:
    """What is wrong with a server that tells this of itself; a fact it does not tell is a fault."""
    wanted = {
        "prodReady": (True, "it runs on SQLite, which keeps no unique keys, uses ids again and stores bad dates: "
                            "move it to PostgreSQL"),
        "inviteOnlySignup": (True, "anybody can sign up: switch on invite-only sign-up"),
        "auditEnabled": (True, "the audit is off, so nobody can see who changed what: unset NC_DISABLE_AUDIT"),
        "allowLocalUrl": (False, "its web hooks may call this machine's own addresses: unset NC_ALLOW_LOCAL_HOOKS"),
        "teleEnabled": (False, "it reports to its maker: set NC_DISABLE_TELE=true"),
        "errorReportingEnabled": (False, "it sends its errors to its maker: set NC_DISABLE_ERR_REPORTS=true"),
        "disableSupportChat": (True, "it offers a third party's chat: set NC_DISABLE_SUPPORT_CHAT=true"),
    }  # fmt: skip
    return [fault for name, (value, fault) in wanted.items() if info.get(name) is not value]


def close_sign_up(url: str, email: str, password: str, session: Session) -> str:
    """Make sign-up by invitation only and see that a stranger is refused; give the administrator's token."""
    asked = session.post(f"{url}/api/v1/auth/user/signin", json={"email": email, "password": password}, timeout=_WAIT)
    if asked.status_code != requests.codes.ok:
        raise Unsafe(f"The administrator could not sign in (answer {asked.status_code}).")
    token = str(asked.json()["token"])
    session.post(
        f"{url}/api/v1/app-settings", json={"invite_only_signup": True}, headers={"xc-auth": token}, timeout=_WAIT
    )
    stranger = {"email": f"stranger-{secrets.token_hex(6)}@casewatch.example", "password": secrets.token_urlsafe(16)}
    tried = session.post(f"{url}/api/v1/auth/user/signup", json=stranger, timeout=_WAIT)
    if tried.status_code != requests.codes.bad_request:
        raise Unsafe(f"A stranger's sign-up was not refused (answer {tried.status_code}).")
    return token


def _info(url: str, token: str, session: Session) -> dict[str, Any]:
    # A sign-in's token has three parts with dots between them; an API token has none.
    header = "xc-auth" if token.count(".") == 2 else "xc-token"
    try:
        answer = session.get(f"{url}/api/v2/meta/nocodb/info", headers={header: token}, timeout=_WAIT)
        answer.raise_for_status()
        return dict(answer.json())
    except (requests.RequestException, TypeError, ValueError):
        raise TryAgainLater("NocoDB gave no information about itself.") from None


def _attachments_need_a_sign_in(url: str, session: Session) -> bool:
    """Whether the open route to attachments is missing; NocoDB says so of a file that cannot be there."""
    answer = session.get(f"{url}/download/no-such-file", timeout=_WAIT)
    return answer.status_code == requests.codes.not_found and "Cannot GET" in answer.text
