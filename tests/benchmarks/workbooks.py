"""What the worst workbooks take: each is checked, and where nothing is wrong loaded, by the process the server starts.

    .venv/bin/python -m tests.benchmarks.workbooks [name …]

It makes a SQLite database of its own and the workbooks, all in a temporary folder, and prints one line for each step:
the size of the file, the time on the clock, the highest peak of the resident memory, and what the page would say.
"""

import os
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.register import make

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
CODE = "24697"
DONE = date.today() - timedelta(days=400)
PART = "xl/worksheets/sheet1.xml"
BEGIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"
OTHERS = {
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
}


def sheet_of(path, name, lines, extra=b""):
    """A workbook of one sheet, written line by line; `extra` is a picture that nobody reads."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for part, text in OTHERS.items():
            book.writestr(part, text.format(name) if part == "xl/workbook.xml" else text)
        if extra:
            book.writestr("xl/media/a.png", extra)
        with book.open(PART, "w", force_zip64=True) as part:
            part.write(BEGIN.encode())
            for line in lines:
                part.write(line.encode())
            part.write(END.encode())


def row(*cells):
    texts = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if cell != "" else "<c/>" for cell in cells)
    return f"<row>{texts}</row>"


def head(name):
    from cases.importing.columns import BY_NAME

    return row(*(column.header for column in BY_NAME[name].columns))


def bomb(path):
    sheet_of(path, "Người", ("<row>" + '<c t="s"><v>0</v></c>' * 2000 + "</row>" for _number in range(4500)))


def empty_rows(path):
    sheet_of(path, "Người", ("<row/>" * 10_000 for _number in range(100)))


def largest(path):
    make(path, CODE, 5000, 100_000, date.today() - timedelta(days=1))


def long_texts(path):
    note = "ạ" * 32_767
    lines = [row(f"M-{number}", *[""] * 16, note) for number in range(600)]
    sheet_of(path, "Người", [head("Người"), *lines])


def _work(number, *cells):
    return row(f"Mã {number % 5000:05d}", f"{DONE:%d/%m/%Y}", *cells)


def unique_texts(path):
    """As many cells as there may be, no two alike, none wrong in itself."""
    rest = (
        _work(n, "Vay vốn", f"Vốn {n}", f"Nơi {n}", f"{DONE:%d/%m/%Y}", n + 1, n + 2, f"Tốt {n}", f"Ghi {n}", f"D{n}")
        for n in range(MOST_ROWS)
    )
    sheet_of(path, "Hoạt động", (head("Hoạt động"), *rest))


def all_wrong(path):
    """Every cell that can be wrong is wrong in its own way."""
    wrong = (_work(n, *[f"sai {n} {column}" for column in range(8)], "") for n in range(MOST_ROWS))
    sheet_of(path, "Hoạt động", (head("Hoạt động"), *wrong))


def some_wrong(path):
    """As many rows as there may be, each of somebody who is not on file."""
    wrong = (_work(n, "Gặp gỡ, động viên") for n in range(MOST_ROWS))
    sheet_of(path, "Hoạt động", (head("Hoạt động"), *wrong))


def pictures(path):
    sheet_of(path, "Hoạt động", [head("Hoạt động"), _work(1, "Gặp gỡ, động viên")], os.urandom(11 * 1024 * 1024))


MOST_ROWS = 110_000
BOOKS = {
    make.__name__: make
    for make in (bomb, empty_rows, long_texts, pictures, some_wrong, all_wrong, unique_texts, largest)
}


def prepare():
    """A commune, and an officer who loads workbooks for it."""
    subprocess.run([*MANAGE, "migrate", "--verbosity=0"], check=True)
    import django

    django.setup()
    from tests import makers

    province = makers.make_unit(kind="province", code="68", name="Tỉnh Mẫu", valid_from=date(2004, 1, 1))
    unit = makers.make_unit(kind="commune", code=CODE, name="Xã Mẫu", parent=province, valid_from=date(2004, 1, 1))
    return makers.make_user("mau", "Lê Văn Mẫu", "officer", unit)


def uploaded(path, by):
    from cases import actions
    from cases.models import ImportRun

    content = path.read_bytes()
    run = ImportRun(unit=by.unit, file_name=path.name, file_hash=sha256(content).hexdigest(), size=len(content))
    return actions.import_run.upload(run=run, content=content, by=by)


def step(run, by):
    """One process on its own: seconds and megabytes."""
    from cases.jobs import queue
    from cases.models import QueuedJob

    job = queue.put(QueuedJob.Kind.WORKBOOK, f"workbook-{run.pk}", {"run": run.pk}, by)
    start = time.monotonic()
    process = subprocess.Popen([*MANAGE, "job", str(job.pk)])
    _pid, _status, used = os.wait4(process.pid, 0)
    process.returncode = 0
    run.refresh_from_db()
    took, peak = time.monotonic() - start, used.ru_maxrss / 1024
    said = run.told or f"{run.state}: {run.fresh} mới, {run.errors} lỗi"
    print(f"| {run.file_name} | {run.size / 1e6:.2f} MB | {took:.0f} s | {peak:.0f} MB | {said} |", flush=True)


def measure(folder, names):
    by = prepare()
    from cases import actions

    print("| Workbook | Size | Clock | Peak memory | What is told |\n|---|---|---|---|---|", flush=True)
    for name in names:
        path = Path(folder) / name
        BOOKS[name](path)
        run = uploaded(path, by)
        step(run, by)
        if run.state == "checked" and not run.errors:
            actions.import_run.claim(run=run, state="loading", after=("checked",), by=by)
            step(run, by)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "reintegration.settings_test"
        measure(folder, sys.argv[1:] or list(BOOKS))
