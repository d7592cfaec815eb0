"""Published: the schemas and the OpenAPI description that partners build against, made from the models.

In: the models of the messages. Out: JSON Schema for each message and OpenAPI 3.1, in docs/partners/v1.
Never here: a word about a field that the model does not say; a version changed in place (another version is a folder).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from sync.partners.messages import BY_MESSAGE
from sync.partners.models import Part

FOLDER = Path(__file__).parents[2] / "docs" / "partners" / "v1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NULL = {"type": "null"}
NOT_SAID = ("default", "title")
"""What a schema need not say: every field is there or has nothing to tell, and its name is its title."""
KEY = {"type": "string", "pattern": "^[0-9a-f]{32}$"}


def schemas() -> Mapping[str, dict[str, Any]]:
    """The JSON Schema of each message, by its name. A message of two forms is one or the other."""
    made = {}
    for name, models in BY_MESSAGE.items():
        schema = TypeAdapter(_either(models)).json_schema(mode="serialization")
        made[name] = {"$schema": DIALECT, **_as_sent(schema), "title": name}
    return made


def openapi() -> dict[str, Any]:
    """One address that takes every message, and one that says what became of it."""
    models = [model for either in BY_MESSAGE.values() for model in either]
    _, parts = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/components/schemas/{model}"
    )
    messages = {"oneOf": [{"$ref": f"#/components/schemas/{model.__name__}"} for model in models]}
    components = {**_as_sent(parts["$defs"]), "Message": messages, **ANSWERS}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "What a landlord tells its partners about hate incidents",
            "version": "1",
            "description": "A partner offers these two addresses. Messages come as they are described here, signed. "
            "docs/partners/README.md says what to keep, what to answer, and what is promised.",
        },
        "servers": [{"url": "https://partner.example", "description": "Yours."}],
        "paths": PATHS,
        "components": {"schemas": components, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }


def _either(models: tuple[type[Part], ...]) -> Any:
    either: Any = models[0]
    for model in models[1:]:
        either = either | model
    return either


def _as_sent(schema: Any) -> Any:
    """As the bytes are: a field with nothing to tell is absent, never null, and every other one is there."""
    if isinstance(schema, list):
        return [_as_sent(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: _as_sent(each) for name, each in schema.items() if name not in NOT_SAID}
    if isinstance(fields := schema.get("properties"), dict):
        told["properties"] = {name: _as_sent(each) for name, each in fields.items()}
        told["required"] = [name for name, each in fields.items() if NULL not in each.get("anyOf", ())]
    if NULL in (either := told.get("anyOf", ())):
        rest = [each for each in either if each != NULL]
        told.pop("anyOf")
        told |= rest[0] if len(rest) == 1 else {"anyOf": rest}
    return told


def _header(name: str, words: str, schema: Mapping[str, Any], required: bool) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "description": words, "schema": schema}


def _answer(words: str, schema: str = "") -> dict[str, Any]:
    if not schema:
        return {"description": words}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": words, "content": content}


TEXT = {"type": "string"}
ANSWERS: Mapping[str, Any] = {
    "Receipt": {
        "type": "object",
        "properties": {"receipt": {**TEXT, "description": "Your number for it: letters, digits and ._:/- alone."}},
    },
    "Refusal": {
        "type": "object",
        "properties": {"code": {**TEXT, "description": "A short code for the fault. Never a word of the message."}},
    },
    "Answer": {
        "type": "object",
        "required": ["status"],
        "properties": {
            "status": {
                "enum": ["received", "accepted", "rejected", "closed", "recalled"],
                "description": "received: nothing new. closed: you have dealt with it; code may say how. recalled: you "
                "have stopped and deleted what was called back.",
            },
            "reference": {**TEXT, "description": "Your number for it."},
            "code": {**TEXT, "description": "A short code: of the fault, or of what came of it."},
            "at": {"type": "string", "format": "date-time"},
        },
    },
}
PATHS: Mapping[str, Any] = {
    "/notices": {
        "post": {
            "operationId": "take",
            "summary": "Take a message, once for each key.",
            "parameters": [
                _header("Idempotency-Key", "The message's key. The same key again is the same message.", KEY, True),
                _header("Content-Digest", "SHA-256 of the body (RFC 9530).", TEXT, False),
                _header("Signature-Input", "What the signature covers (RFC 9421).", TEXT, False),
                _header("Signature", "The landlord's signature, Ed25519 (RFC 9421).", TEXT, False),
            ],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}},
            },
            "responses": {
                "200": _answer("You have had it under this key: the receipt that you gave then.", "Receipt"),
                "201": _answer("You have taken it.", "Receipt"),
                "400": _answer("You cannot read it. It does not come again by itself.", "Refusal"),
                "401": _answer("The token or the signature is not ours. A person looks into it."),
                "409": _answer("You hold other bytes under this key. A person looks into it.", "Refusal"),
                "422": _answer("You do not accept what it says. It does not come again by itself.", "Refusal"),
                "429": _answer("Not now: it comes again, after Retry-After where you say so."),
                "503": _answer("Not now: it comes again, under the same key and with the same bytes."),
            },
        }
    },
    "/notices/{key}": {
        "get": {
            "operationId": "answer",
            "summary": "Say what became of a message.",
            "parameters": [{"name": "key", "in": "path", "required": True, "schema": KEY}],
            "responses": {"200": _answer("What you say of it now.", "Answer"), "404": _answer("You do not know it.")},
        }
    },
}


def pages() -> Mapping[Path, str]:
    """Every published file and what stands in it."""
    made = {f"{name}.schema.json": schema for name, schema in schemas().items()} | {"openapi.json": openapi()}
    return {FOLDER / name: json.dumps(told, indent=2, ensure_ascii=False) + "\n" for name, told in made.items()}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, "utf-8")
