"""Commands in a document, and whether they still answer what the document says.

In a block ```console a line `$ command` is followed by what it answers; `…` stands for anything
within a line, and alone on a line for any number of lines.
"""

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """A command and the answer that a document gives it."""

    command: str
    answer: str

    def is_answered_by(self, found: str) -> bool:
        """Whether an answer is the one that the document gives."""
        pattern = "".join(
            r"(?:.*\n)*?" if line == "…" else ".+".join(map(re.escape, line.split("…"))) + r"\n"
            for line in self.answer.splitlines()
        )
        return re.fullmatch(pattern, found) is not None


def told_in(document: Path) -> Iterator[Told]:
    """The commands of a document, in order."""
    for block in _BLOCK.findall(document.read_text()):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, answer = part.partition("\n")
            yield Told(command, answer)


def answer_of(command: str, run: Callable[[list[str]], bytes]) -> str:
    """What a command answers: its first program is `run` here, those behind `|` by the shell."""
    words = shlex.split(command)
    first, rest = words, ""
    if "|" in words:
        first = words[: words.index("|")]
        rest = command.split(" | ", 1)[1]
    found = run(first)
    if rest:
        done = subprocess.run(["bash", "-c", rest], input=found, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr
        found = done.stdout
    text = found.decode()
    return text if not text or text.endswith("\n") else text + "\n"
