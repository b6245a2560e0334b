"""Fields that forms of several parts share."""

from typing import Any

from django import forms


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
