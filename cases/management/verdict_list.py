"""The verdicts on a list of cases in a file, as text: law and standard library alone, nobody waits for Django."""

import gc
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from cases.law.expungement import evaluate
from cases.law.read_case import day_of, read_case
from cases.lib.dates import HERE

PORTION = 500  # cases told at once by one process
Encoder = Callable[[Any], str]
_work: dict[str, Any] = {}  # of a process that is a copy: what it answers


class ListError(ValueError):
    """A file or a day that cannot be read; says why, in a sentence."""


def at_once(words: Sequence[str], encoding: str) -> str | None:
    """Answer the words behind `manage.py clean_record` without Django.

    None where they are not FILE.json and --on, or anything goes wrong: Django's way then says what, and keeps an error
    that nobody foresaw.
    """
    match words:
        case [file] | [file, "--on", _] | ["--on", _, file] if not file.startswith("-"):
            day = words[words.index("--on") + 1] if "--on" in words else ""
            try:
                return tell(Path(file), day_asked(day) if day else today(), encoding)
            except Exception:
                return None
    return None


def today() -> date:
    """The day in Vietnam."""
    here = datetime.fromtimestamp(time.time(), HERE)
    return date(here.year, here.month, here.day)


def day_asked(text: str) -> date:
    """The day of `--on`; raises ListError where it is none."""
    if day := day_of(text):
        return day
    raise ListError(f"--on {text}: a day is written YYYY-MM-DD.")


def tell(path: Path, on: date, encoding: str) -> str:
    """The verdicts on the cases of a file, in their order, as JSON; raises ListError where there is no such list.

    Vietnamese stays as it is where the encoding can write it, else it is escaped: still the same JSON.
    """
    was_collecting = gc.isenabled()
    gc.disable()  # no case leaves anything behind that points back at itself
    try:
        cases = _cases(path)
        plain = json.JSONEncoder(ensure_ascii=not encoding.lower().startswith("utf")).encode
        portions = [cases[start : start + PORTION] for start in range(0, len(cases), PORTION)]
        answers = _side_by_side(partial(_answers, on=on, plain=plain), portions)
    finally:
        if was_collecting:
            gc.enable()
    return "[\n" + ",\n".join(answers) + "\n]" if answers else "[]"


def _cases(path: Path) -> list[Any]:
    try:
        cases = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ListError(f"{path}: {error.strerror or error}.") from None
    except (ValueError, RecursionError) as error:
        raise ListError(f"{path}: not a JSON file: {error}.") from None
    if not isinstance(cases, list):
        raise ListError(f"{path}: a list of cases is expected, not {type(cases).__name__}.")
    return cases


def _side_by_side(answer: Callable[[list[Any]], str], portions: Sequence[list[Any]]) -> list[str]:
    """The answers to each portion in their order, by as many processes as the machine has processors.

    Nothing is shared and no database is open: a process is a copy of this one. Where none can be copied, or one
    portion is all, this process does it alone.
    """
    workers = min(os.cpu_count() or 1, len(portions))
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return list(map(answer, portions))
    with multiprocessing.get_context("fork").Pool(workers, initializer=_begin, initargs=(answer, portions)) as pool:
        return pool.map(_one_portion, range(len(portions)), chunksize=1)


def _begin(answer: Callable[[list[Any]], str], portions: Sequence[list[Any]]) -> None:
    """What a copy has with it from the start: nothing is sent to it but the number of a portion."""
    _work.update(answer=answer, portions=portions)


def _one_portion(number: int) -> str:
    told: str = _work["answer"](_work["portions"][number])
    return told


def _answers(cases: list[Any], on: date, plain: Encoder) -> str:
    answers = [evaluate(read_case(raw), on).as_json() for raw in cases]
    text = ",\n".join(map(plain, answers))
    return text if _is_written(text) else ",\n".join([_told(each, plain) for each in answers])


def _told(answer: dict[str, Any], plain: Encoder) -> str:
    """Half a character (a lone surrogate) of somebody's id is in no alphabet: such an answer is escaped."""
    text = plain(answer)
    return text if _is_written(text) else json.dumps(answer)


def _is_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
