"""What the runner's token may do on Airtable: edit the bases, and no more.

In: a connection, the name of the landlord's bases. Out: nothing, or one Stop with every fault.
Never here: a right taken away or given; that is an administrator's.
"""

from automations.errors import Stop
from schema.parts import Wall
from sync.platforms.airtable_client import Client

WANTED = "edit"


def check(client: Client, name: str) -> None:
    """Stop where the token may do more than the runner needs, or too little, in any of the bases."""
    levels = {base["name"]: base["permissionLevel"] for base in client.bases()}
    titles = [wall.titled(name) for wall in Wall]
    faults = [f"it may {levels[title]} {title}" for title in titles if levels.get(title, WANTED) != WANTED]
    if faults:
        raise Stop(f"The runner's token must be able to edit the bases, and no more: {'; '.join(faults)}.")
