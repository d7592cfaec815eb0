"""Schemas: whether a message fits the schema that is published for it.

In: the folder of published schemas, a message. Out: nothing, or a refusal that names the field.
Never here: our own models; what is in the field.
"""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from casewatch.desks.refused import Refused


class Schemas:
    """The published schemas, by message. A folder without one is refused at once."""

    def __init__(self, folder: Path) -> None:
        self._by_message: dict[str, Draft202012Validator] = {}
        for path in sorted(folder.glob("*.schema.json")):
            schema = json.loads(path.read_text("utf-8"))
            Draft202012Validator.check_schema(schema)
            self._by_message[path.name.partition(".")[0]] = Draft202012Validator(schema)
        if not self._by_message:
            raise FileNotFoundError(f"{folder} holds no schema (*.schema.json)")

    def must_fit(self, message: dict[str, Any]) -> None:
        """Refused (422) with the place of the worst fault, never what stands there."""
        validator = self._by_message.get(message["message"])
        if validator is None:
            raise Refused(422, "no_schema")
        fault = best_match(validator.iter_errors(message))
        if fault is not None:
            where = ".".join(str(each) for each in fault.absolute_path) or "message"
            raise Refused(422, f"schema:{where}:{fault.validator}")
