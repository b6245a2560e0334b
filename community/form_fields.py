"""Fields that forms of several parts share."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CommaInput(forms.TextInput):
    """One line; what comes as a list, as from a program, is put into it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        many = data.getlist(name) if hasattr(data, "getlist") else []
        return ", ".join(many) if len(many) > 1 else super().value_from_datadict(data, files, name)


class CommaField(forms.CharField):
    """Several words with commas between them: at the most so many, each of so many letters."""

    widget = CommaInput

    def __init__(self, *, most: int, each: int, **kwargs: Any) -> None:
        self.most, self.each = most, each
        super().__init__(**kwargs)


class EncodedFileField(forms.CharField):
    """The bytes of a file, written in Base64: how a program puts one into JSON."""

    default_error_messages = {"not_encoded": _("This is not written in Base64.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The bytes; what is no Base64 is a fault of the field."""
        try:
            return base64.b64decode(super().to_python(value) or "", validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(self.error_messages["not_encoded"], code="not_encoded") from None
