"""What programs send: JSON whose shape is that of the form that the pages use, and which that form reads."""

import json
import re
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from community.api.problems import Problem
from community.bodies import body_within
from community.form_fields import CommaField, EncodedFileField

LARGEST = 256 * 1024


def body_of(request: HttpRequest, largest: int = LARGEST) -> dict[str, Any]:
    """The JSON object that was sent; an empty body is an empty object."""
    raw = body_within(request, largest)
    if raw is None:
        raise Problem(413, "too_large", _("That is too large."))
    if not raw.strip():
        return {}
    if request.content_type != "application/json":
        raise Problem(415, "not_json", _("Send JSON, with Content-Type: application/json."))
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        raise Problem(400, "not_json", _("This is not JSON.")) from None
    if not isinstance(told, dict):
        raise Problem(422, "invalid", _("The body is a JSON object."))
    return told


def schema_of_form(form: Any, *, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """The JSON Schema of what a form takes."""
    taken = {name: field for name, field in form.base_fields.items() if name not in leave_out}
    needed = [name for name, field in taken.items() if field.required and field.initial is None]
    told = {name: schema_of_field(field) for name, field in taken.items()}
    return {"type": "object", "properties": told, "required": needed, "additionalProperties": False}


def schema_of_field(field: forms.Field) -> dict[str, Any]:
    """One field. What may be left empty may be null."""
    told = kind_of_field(field)
    said = " ".join(str(part) for part in (field.label, field.help_text) if part)
    if said:
        told["description"] = said
    if not field.required and isinstance(told.get("type"), str):
        told["type"] = [told["type"], "null"]
        if "enum" in told:
            told["enum"] = [*told["enum"], None]
    return told


def kind_of_field(field: forms.Field) -> dict[str, Any]:
    """The type of a field, and its limits."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": {"type": "integer"}}
    if isinstance(field, forms.ModelChoiceField):
        if field.to_field_name not in (None, "pk"):
            return {"type": "string"}
        return {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": {"type": "string"}}
    if isinstance(field, forms.ChoiceField):
        return choices_of(field)
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.FloatField | forms.DecimalField):
        limits = {"minimum": field.min_value, "maximum": field.max_value}
        return {"type": "integer"} | {key: value for key, value in limits.items() if value is not None}
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return {"type": "number"}
    if isinstance(field, forms.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, EncodedFileField):
        return {"type": "string", "contentEncoding": "base64"}
    if isinstance(field, CommaField):
        return {"type": "array", "items": {"type": "string", "maxLength": field.each}, "maxItems": field.most}
    limits = {"minLength": getattr(field, "min_length", None), "maxLength": getattr(field, "max_length", None)}
    return {"type": "string"} | {key: value for key, value in limits.items() if value is not None}


def choices_of(field: forms.ChoiceField) -> dict[str, Any]:
    """The choices of a field that are known without a person; of those that are not, only that they are words."""
    choices: Any = field.choices
    known = [key for key, label in choices if not isinstance(label, list | tuple)]
    if known and all(str(key).isdigit() for key in known):
        return {"type": "integer", "enum": [int(key) for key in known]}
    return {"type": "string", "enum": [str(key) for key in known]} if known else {"type": "string"}


def as_form_data(told: dict[str, Any], schema: dict[str, Any]) -> QueryDict:
    """The body as a form reads it. Raises the Problem of a field that is unknown or of the wrong type."""
    wrong, data = {}, QueryDict(mutable=True)
    for name, value in told.items():
        known = known_field(name, schema)
        if known is None:
            wrong[name] = [_("There is no such field.")]
        elif value is not None and not is_of(value, known):
            wrong[name] = [_("This is of another type than the description says.")]
        elif isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif value is not None and value is not False:
            data[name] = "on" if value is True else str(value)
    if wrong:
        raise Problem(422, "invalid", next(iter(wrong.values()))[0], fields=wrong)
    return data


def known_field(name: str, schema: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of a field by its name, or by the pattern of its name."""
    patterns = schema.get("patternProperties", {}).items()
    by_pattern = next((told for pattern, told in patterns if re.search(pattern, name)), None)
    found: dict[str, Any] | None = schema["properties"].get(name, by_pattern)
    return found


TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def is_of(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value is of the type that the schema says."""
    named = schema.get("type", "")
    allowed = [named] if isinstance(named, str) else named
    if isinstance(value, bool):
        return "boolean" in allowed
    if not any(isinstance(value, TYPES[one]) for one in allowed if one in TYPES):
        return False
    return not isinstance(value, list) or all(is_of(one, schema["items"]) for one in value)
