"""A graded class out of thin air: notebooks, verdicts and a gradebook, of any size."""

from __future__ import annotations

import copy
import datetime
import json
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.api import Notebook as BookNotebook

from glovebox.pristine import pristine
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome
from tests.glovebox.conftest import REPO, TINY, answer, cell
from tests.glovebox.gradebooks import new_gradebook

COURSE = "word_embeddings"
DUE = datetime.datetime(2030, 1, 31, 23, 59)
_WORTH, _WRITTEN = 4.0, 3.0

# Each function as a chain of steps, and each step in ways that differ by more than names.
_WAYS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "split_words": (
        "def split_words(text):",
        (
            (
                "text = text.lower()",
                "text = ''.join(letter.lower() for letter in text)",
                "if not isinstance(text, str):\n        raise TypeError('a text')\n"
                "    text = str.lower(text)",
                "small = []\n    for letter in text:\n        small.append(letter.lower())\n"
                "    text = ''.join(small)",
            ),
            (
                "for sign in FILTERS:\n        text = text.replace(sign, ' ')",
                "text = text.translate(str.maketrans(FILTERS, ' ' * len(FILTERS)))",
                "text = re.sub('[' + re.escape(FILTERS) + ']', ' ', text)",
                "text = ''.join(' ' if letter in FILTERS else letter for letter in text)",
                "position = 0\n    while position < len(text):\n"
                "        if text[position] in FILTERS:\n"
                "            text = text[:position] + ' ' + text[position + 1:]\n"
                "        position += 1",
            ),
            (
                "return [word for word in text.split(' ') if word]",
                "return list(filter(None, text.split(' ')))",
                "words = []\n    for word in text.split(' '):\n        if word != '':\n"
                "            words.append(word)\n    return words",
                "words = text.split(' ')\n    while '' in words:\n        words.remove('')\n"
                "    return words",
            ),
        ),
    ),
    "word_index": (
        "def word_index(texts):",
        (
            (
                "counts = Counter(word for text in texts for word in split_words(text))",
                "counts = {}\n    for text in texts:\n        for word in split_words(text):\n"
                "            counts[word] = counts.get(word, 0) + 1",
                "counts = defaultdict(int)\n    for words in map(split_words, texts):\n"
                "        for word in words:\n            counts[word] += 1",
                "everything = sum((split_words(text) for text in texts), [])\n"
                "    counts = {word: everything.count(word) for word in everything}",
                "counts = dict()\n    for number in range(len(texts)):\n"
                "        for word in split_words(texts[number]):\n"
                "            if word not in counts:\n                counts[word] = 0\n"
                "            counts[word] = counts[word] + 1",
            ),
            (
                "ranked = sorted(counts, key=lambda word: -counts[word])",
                "ranked = sorted(counts, key=counts.get, reverse=True)",
                "ranked = [word for word, _ in sorted(counts.items(), key=lambda pair: -pair[1])]",
                "ranked = []\n    left = dict(counts)\n    while left:\n"
                "        best = max(left, key=left.get)\n        ranked.append(best)\n"
                "        del left[best]",
            ),
            (
                "return {word: number for number, word in enumerate(ranked, start=1)}",
                "return dict(zip(ranked, range(1, len(ranked) + 1)))",
                "index = {}\n    for number, word in enumerate(ranked):\n"
                "        index[word] = number + 1\n    return index",
                "index, number = {}, 1\n    for word in ranked:\n        index[word] = number\n"
                "        number += 1\n    return index",
            ),
        ),
    ),
    "pad": (
        "def pad(rows, width):",
        (
            (
                "result = np.zeros((len(rows), width), dtype=int)",
                "result = np.full(shape=(len(rows), width), fill_value=0)",
                "if width < 1:\n        raise ValueError('no room')\n"
                "    result = np.array([[0] * width for _ in rows])",
                "result = []",
            ),
            (
                "for number, row in enumerate(rows):\n        kept = row[-width:]\n"
                "        if len(kept):\n            result[number, -len(kept):] = kept",
                "for number in range(len(rows)):\n        row = list(rows[number])\n"
                "        while len(row) > width:\n            row.pop(0)\n"
                "        while len(row) < width:\n            row.insert(0, 0)\n"
                "        result[number] = row",
                "for line, row in zip(result, rows):\n"
                "        for place, value in zip(reversed(range(width)), reversed(row)):\n"
                "            line[place] = value",
                "for row in rows:\n        missing = max(0, width - len(row))\n"
                "        result.append(np.concatenate([np.zeros(missing), row[-width:]]))",
            ),
            (
                "return result",
                "return np.asarray(result, dtype='int64')",
                "return np.array(result).astype(int).reshape(len(rows), width)",
                "if len(rows) == 0:\n        return np.zeros((0, width), dtype=int)\n"
                "    return np.stack(list(result)).astype(int)",
            ),
        ),
    ),
}
CHECKS = tuple(f"test_{name}_{what}" for name in _WAYS for what in ("shape", "values", "edges"))
_SENTENCES = (
    "Frequent words get small numbers, so a cut keeps them.",
    "Zero must stay free because it stands for padding in every row.",
    "A network wants rows of one length, whatever the review.",
    "Otherwise the last words, which carry the verdict, would be lost.",
    "I tried both ways and the shorter one was easier to read.",
    "The index would depend on the order of the texts.",
)


def write_answers(chance: random.Random) -> dict[str, str]:
    """Answers such as one student writes: right, and put together in a way of the student's own."""
    made = {
        name: "\n    ".join([head, *(chance.choice(step) for step in steps)])
        for name, (head, steps) in _WAYS.items()
    }
    made["explain"] = " ".join(chance.sample(_SENTENCES, 3))
    return made


def disguised(answers: dict[str, str]) -> dict[str, str]:
    """The same answers with other names, texts, comments and empty lines."""
    names = {"words": "tokens", "word": "w", "text": "satz", "letter": "ch", "number": "i",
             "row": "line_of_numbers", "ranked": "by_rank", "counts": "how_often",
             "result": "padded", "kept": "rest"}  # fmt: skip
    made = {}
    for name, source in answers.items():
        source = re.sub(r"\b(\w+)\b", lambda found: names.get(found[1], found[1]), source)
        lines = [f"{line}  # step" if line.endswith(")") else line for line in source.split("\n")]
        made[name] = "\n\n".join(lines) if name != "explain" else source
    return made


def source_notebook() -> bytes:
    """An instructor's notebook of three functions and a written question."""
    cells = [cell("markdown", "# Words to numbers", "intro")]
    for name, (head, steps) in _WAYS.items():
        solution = "\n    ".join(step[0] for step in steps)
        cells.append(answer(name, head, solution))
        cells.append(cell("code", f"assert {name}", f"test-{name}", int(_WORTH), grade=True))
    cells.append(
        cell("markdown", "Because.", "explain", int(_WRITTEN), grade=True, solution=True,
             locked=False)
    )  # fmt: skip
    return json.dumps(TINY | {"cells": cells}).encode()


def handed_in(released: NotebookNode, answers: dict[str, str]) -> bytes:
    """A notebook with these answers."""
    notebook = copy.deepcopy(released)
    for one in notebook.cells:
        one["source"] = answers.get(one.metadata.nbgrader.grade_id, one["source"])
    return json.dumps(notebook).encode()


@dataclass
class ReportClass:
    """Where a class is, and who of it copied from whom."""

    root: Path
    students: tuple[str, ...]
    assignments: tuple[str, ...]
    copied: set[tuple[str, str, str]]
    """Assignment, and both students by name."""

    @property
    def db_url(self) -> str:
        """The gradebook's address."""
        return f"sqlite:///{self.root / 'gradebook.db'}"


def make_class(
    root: Path,
    students: int,
    assignments: int,
    *,
    seed: int = 1,
    copies: int = 1,
    rename: Callable[[int], str] = "student-{:04}".format,
    messages: Sequence[str] = (),
) -> ReportClass:
    """Make a course folder in which a class has handed in, and has been graded.

    Everybody hands in everything but a few. Of each assignment the first pairs of students are a
    source and its disguised copy. A few hand in late, or something that a person must look at.

    Args:
        root: an empty folder.
        students: how many.
        assignments: how many, of one notebook each.
        seed: of everything that is drawn.
        copies: pairs in each assignment.
        rename: the id of a student by number.
        messages: what students' exceptions say, in place of something harmless.
    """
    chance = random.Random(seed)
    who = tuple(rename(number) for number in range(1, students + 1))
    names = tuple(f"task_{number}" for number in range(1, assignments + 1))
    shutil.copy(REPO / "nbgrader_config.py", root)
    source = source_notebook()
    released = pristine(source)
    made = ReportClass(root, who, names, set())
    ability = {student: chance.gauss(0.75, 0.2) for student in who}
    # The config's own address of the gradebook; with the table that nbgrader looks for.
    new_gradebook(root / "gradebook.db")
    with Gradebook(made.db_url, COURSE) as gradebook:
        people = {
            student: Student(id=student, first_name=f"First{number}", last_name=f"Last{number}")
            for number, student in enumerate(who, start=1)
        }
        gradebook.db.add_all(people.values())
        for name in names:
            folder = root / "source" / name
            folder.mkdir(parents=True)
            (folder / f"{name}.ipynb").write_bytes(source)
            entry, cells = _entered(gradebook, name)
            answers: dict[str, str] = {}
            for number, student in enumerate(who):
                if number >= 2 * copies and chance.random() < 0.05:
                    continue
                is_copy = number < 2 * copies and number % 2 == 1
                answers = disguised(answers) if is_copy else write_answers(chance)
                if is_copy:
                    made.copied.add((name, who[number - 1], student))
                verdict = _verdict(name, ability[student], chance, messages)
                folder = root / "submitted" / student / name
                folder.mkdir(parents=True)
                (folder / f"{name}.ipynb").write_bytes(handed_in(released, answers))
                graded = root / "autograded" / student / name
                graded.mkdir(parents=True)
                (graded / f"{name}.verdict.json").write_text(verdict.to_json(), encoding="utf-8")
                (graded / f"{name}.ipynb").write_bytes(handed_in(released, answers))
                feedback = root / "feedback" / student / name
                feedback.mkdir(parents=True)
                (feedback / f"{name}.html").write_text("<p>Feedback</p>", encoding="utf-8")
                late = datetime.timedelta(seconds=chance.choice([0, 0, 0, 0, 0, 0, 40, 90_000]))
                early = datetime.timedelta(hours=1) if not late else -late
                _enter(gradebook, entry, cells, people[student], verdict, DUE - early)
        gradebook.db.commit()
    return made


def _entered(gradebook: Gradebook, name: str) -> tuple[Assignment, list[GradeCell]]:
    """An assignment in the gradebook, and its cells that earn points."""
    assignment = Assignment(name=name, duedate=DUE, course_id=COURSE)
    notebook = BookNotebook(name=name, assignment=assignment)
    cells = [
        GradeCell(name=f"test-{one}", notebook=notebook, max_score=_WORTH, cell_type="code")
        for one in _WAYS
    ]
    cells.append(
        GradeCell(name="explain", notebook=notebook, max_score=_WRITTEN, cell_type="markdown")
    )
    for one in _WAYS:
        SolutionCell(name=one, notebook=notebook)
    gradebook.db.add(assignment)
    gradebook.db.flush()
    return assignment, cells


def _enter(
    gradebook: Gradebook,
    assignment: Assignment,
    cells: list[GradeCell],
    student: Student,
    verdict: NotebookVerdict,
    moment: datetime.datetime,
) -> None:
    """The marks of a submission, as grading enters them."""
    with gradebook.db.no_autoflush:
        submission = SubmittedAssignment(assignment=assignment, student=student, timestamp=moment)
        notebook = SubmittedNotebook(notebook=assignment.notebooks[0], assignment=submission)
        for one in cells:
            written = one.name == "explain"
            Grade(
                cell=one,
                notebook=notebook,
                auto_score=None if written else verdict.cell_points(one.name),
                needs_manual_grade=written or verdict.cell_needs_review(one.name),
            )
        for one in assignment.notebooks[0].solution_cells:
            Comment(cell=one, notebook=notebook)
        if moment > DUE + datetime.timedelta(minutes=1):
            notebook.late_submission_penalty = 0.5
        gradebook.db.add(submission)


def _verdict(
    name: str, ability: float, chance: random.Random, messages: Sequence[str]
) -> NotebookVerdict:
    """A verdict such as grading gives: the better the student, the fewer checks fail."""
    records = []
    for number, check in enumerate(CHECKS):
        function = check.removeprefix("test_").rpartition("_")[0]
        passed = chance.random() < ability - 0.03 * (number % 3)
        said = chance.choice(messages) if messages else f"`{function}` raised KeyError: 'w{number}'"
        text = chance.choice([
            f"given:    {function}({chance.randrange(99)})\n"
            f"expected: {chance.randrange(99)}\nbut got:  {chance.randrange(99)}",
            f"{said}\nline {chance.randrange(9)} of the cell: return counts[word]",
            f"{function} should return a list, but {chance.randrange(99)} came.",
        ])  # fmt: skip
        records.append(
            CheckRecord(
                check=check,
                title=f"{function}: the {check.rpartition('_')[2]} are right",
                grade_cell=f"test-{function}",
                outcome=Outcome.PASSED if passed else Outcome.FAILED,
                points=_WORTH / 3 if passed else 0.0,
                max_points=_WORTH / 3,
                message="" if passed else text,
                duration=chance.uniform(0.01, 0.5),
            )
        )
    oddities = []
    match chance.randrange(60):
        case 0:
            said = 'cell "pad" was interrupted at its time limit.'
            oddities.append(Oddity("cell-timeout", said, True, "test-pad"))
        case 1:
            said = 'cell "pad" sent messages that are not Jupyter\'s.'
            oddities.append(Oddity("forged-message", said, True, "test-pad"))
        case 2:
            oddities.append(Oddity("reordered", "our cells were re-ordered."))
        case 3:
            last = records[-1]
            records[-1] = CheckRecord(
                last.check, last.title, last.grade_cell, Outcome.ERROR, 0.0, last.max_points,
                "The check could not decide; a person will look at it.",
                detail="E   RuntimeError: what the student must not see",
            )  # fmt: skip
    seconds = chance.uniform(8, 40)
    return NotebookVerdict(
        name,
        tuple(records),
        tuple(oddities),
        duration=seconds,
        memory=400 + 10 * int(seconds) << 20,
        confined=True,
    )
