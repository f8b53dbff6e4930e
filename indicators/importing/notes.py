"""What is said about a line of an imported file."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Note:
    """Something about one line of the file; `field` is empty where it is about the whole line."""

    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = _("baris %d") % self.line
        if self.field:
            place += f", {self.field}"
        return f"{place}: {self.sentence}"


class ImportRefused(Exception):
    """The file as a whole is refused; `notes` say where and why."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        super().__init__("\n".join(map(str, notes)))


def refused(line: int, sentence: str) -> ImportRefused:
    """A refusal for one reason, on one line."""
    return ImportRefused([Note(line, "", sentence)])
