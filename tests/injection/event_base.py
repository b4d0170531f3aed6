"""The contract of events that payloads are put into: every place is used, and says something wherever it can."""

from __future__ import annotations

from typing import Any, Final

Document = dict[str, Any]

_MADE: Final[Document] = {
    "name": "thing.made",
    "title": "Made",
    "summary": "Made.",
    "description": "Text.",
    "contentType": "application/json",
    "tags": [{"name": "things", "description": "Text."}],
    "externalDocs": {"url": "https://docs.example/made", "description": "Text."},
    "x-apictl-key": "$message.payload#/name",
    "x-apictl-idempotency": "$message.header#/id",
    "headers": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"const": "made"}, "id": {"type": "string", "description": "Text."}},
    },
    "payload": {"$ref": "#/components/schemas/Thing"},
    "bindings": {
        "kafka": {
            "key": {"type": "string", "description": "Text."},
            "schemaLookupStrategy": "s",
            "bindingVersion": "0.5.0",
        }
    },
    "examples": [{"name": "one", "summary": "Text.", "headers": {"kind": "made"}, "payload": {"name": "e"}}],
}
_LOST: Final[Document] = {
    "name": "thing.lost",
    "headers": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "lost"}}},
    "payload": {"$ref": "#/components/schemas/Apart"},
}
_ASKED: Final[Document] = {
    "name": "thing.asked",
    "headers": {
        "type": "object",
        "required": ["correlationId", "replyTo"],
        "properties": {"correlationId": {"type": "string"}, "replyTo": {"type": "string"}},
    },
    "correlationId": {"description": "Text.", "location": "$message.header#/correlationId"},
    "payload": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "asked"}}},
}
_FOUND: Final[Document] = {
    "name": "thing.found",
    "headers": {"type": "object", "properties": {"correlationId": {"type": "string"}}},
    "correlationId": {"location": "$message.header#/correlationId"},
    "payload": {"$ref": "#/components/schemas/Thing"},
}
_NONE: Final[Document] = {"name": "thing.none", "contentType": "text/plain", "payload": {"type": "string"}}

_CHANNELS: Final[Document] = {
    "made": {
        "address": "things.{place}.made",
        "title": "Things",
        "summary": "Text.",
        "description": "Text.",
        "servers": [{"$ref": "#/servers/log"}],
        "parameters": {"place": {"description": "Text.", "enum": ["a", "b"], "default": "a", "examples": ["a"]}},
        "messages": {"made": {"$ref": "#/components/messages/made"}, "lost": {"$ref": "#/components/messages/lost"}},
        "bindings": {"kafka": {"topic": "t", "partitions": 3}, "nobody": {"text": "t"}},
    },
    "asks": {
        "address": "things.asks",
        "servers": [{"$ref": "#/servers/queues"}],
        "messages": {"asked": {"$ref": "#/components/messages/asked"}},
        "bindings": {"amqp": {"is": "queue", "queue": {"name": "q", "vhost": "/"}}},
    },
    "answers": {
        "address": None,
        "messages": {"found": {"$ref": "#/components/messages/found"}, "none": {"$ref": "#/components/messages/none"}},
    },
}
_REPLY: Final[Document] = {
    "address": {"description": "Text.", "location": "$message.header#/replyTo"},
    "channel": {"$ref": "#/channels/answers"},
}
_OPERATIONS: Final[Document] = {
    "takeThings": {
        "action": "receive",
        "channel": {"$ref": "#/channels/made"},
        "title": "Take",
        "summary": "Take.",
        "description": "Text.",
        "tags": [{"name": "things"}],
        "bindings": {"kafka": {"groupId": {"type": "string"}, "clientId": {"type": "string", "enum": ["c"]}}},
        "security": [{"$ref": "#/components/securitySchemes/login"}],
    },
    "tellThings": {"action": "send", "channel": {"$ref": "#/channels/made"}, "summary": "Tell."},
    "answerThings": {"action": "receive", "channel": {"$ref": "#/channels/asks"}, "reply": _REPLY},
    "askThings": {"action": "send", "channel": {"$ref": "#/channels/asks"}, "summary": "Ask.", "reply": _REPLY},
}
_SECURITY: Final[Document] = {
    "login": {"type": "scramSha256", "description": "Text."},
    "key": {"type": "httpApiKey", "in": "header", "name": "X-Key", "description": "Text."},
    "oauth": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://auth.example", "availableScopes": {"read": "Text."}}},
    },
}
EVENT_BASE: Final[Document] = {
    "asyncapi": "3.0.0",
    "id": "urn:example:things",
    "info": {
        "title": "Base",
        "version": "1.0.0",
        "description": "Text.",
        "termsOfService": "https://terms.example",
        "contact": {"name": "Text.", "url": "https://contact.example"},
        "license": {"name": "MIT", "url": "https://licence.example"},
        "tags": [{"name": "things", "description": "Text."}],
    },
    "defaultContentType": "application/json",
    "servers": {
        "log": {
            "host": "{name}.example:9092",
            "protocol": "kafka",
            "protocolVersion": "3.7",
            "title": "Log",
            "summary": "Text.",
            "description": "Text.",
            "variables": {"name": {"default": "kafka", "description": "Text.", "examples": ["kafka"]}},
            "security": [{"$ref": "#/components/securitySchemes/login"}],
            "bindings": {"kafka": {"schemaRegistryUrl": "https://registry.example", "schemaRegistryVendor": "v"}},
        },
        "queues": {"host": "rabbit.example", "pathname": "/v", "protocol": "amqp"},
    },
    "channels": _CHANNELS,
    "operations": _OPERATIONS,
    "components": {
        "messages": {"made": _MADE, "lost": _LOST, "asked": _ASKED, "found": _FOUND, "none": _NONE},
        "securitySchemes": _SECURITY,
        "schemas": {
            "Thing": {
                "title": "Thing",
                "description": "Text.",
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "description": "Text.", "pattern": "^.*$", "examples": ["e"]},
                    "size": {"type": "string", "default": "d"},
                    "mode": {"type": "string", "enum": ["a", "b"]},
                },
            },
            "Apart": {"$ref": "apart.json"},
        },
    },
}
