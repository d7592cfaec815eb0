"""What the runner's account may do on NocoDB: editor of the bases, and no more.

In: an address, an API token, the name of the landlord's bases. Out: nothing, or one Stop with every fault.
Never here: a right taken away or given; that is an administrator's.
"""

from automations.errors import Stop
from schema.parts import Wall
from sync.platforms.nocodb_client import Client

WANTED = "editor"
OF_THE_SERVER = ("super", "org-level-creator")
"""Roles that make bases and accounts, whatever the account may do in a base."""


def check(url: str, token: str, name: str) -> None:
    """Stop where the token's account may do more than the runner needs, or too little, in any of the bases."""
    client = Client(url, token)
    bases = {base["title"]: base["id"] for base in client.bases()}
    faults: list[str] = []
    for title in (wall.titled(name) for wall in Wall):
        if title not in bases:
            continue  # the first use of the bases names what is missing
        of_server, of_base = client.roles(bases[title])
        faults += [f"it is {role} of the whole server" for role in OF_THE_SERVER if role in of_server]
        faults += [f"it is {role} of {title}, not {WANTED}" for role in sorted(of_base - {WANTED})]
    if faults:
        raise Stop(f"The runner's account has other rights than it needs: {'; '.join(dict.fromkeys(faults))}.")
