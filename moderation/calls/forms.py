"""What a page says when it ends a call."""

from django import forms


class EndForm(forms.Form):
    """Whether somebody hung up, or the browser found no way to the other side."""

    is_failed = forms.BooleanField(required=False)
