"""Changing a rule by a form, from the version that its writer saw."""

from typing import Any, Self


class RewritingForm:
    """A form with a hidden `version`. Whoever was late sends what they typed again, on the newer one."""

    data: Any

    def based_on(self, version: int) -> Self:
        """With what was typed, on the newer version."""
        newer = self.data.copy()
        newer["version"] = str(version)
        self.data = newer
        return self
