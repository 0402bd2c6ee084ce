"""A form as plain data: what stands in each place of it. The page and the document draw the same; always Vietnamese."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from cases.law import police
from cases.law.form_names import FormName, form_name
from cases.models import FormNameVersion, Unit
from cases.models.moment import moment_on
from cases.reports.periodic.official_letter import HOUR, Bodies, bodies
from cases.templatetags.words import day_in_full

DOTS = "……………………………………"
SHORT_DOTS = "…………"
NO_DAY = "……/……/…………"
DAY_IN_DOTS = "ngày …… tháng …… năm …………"
SIGN, SEAL = "(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên, đóng dấu)"


@dataclass(frozen=True)
class Heading:
    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class LabelledValues:
    """Lines of label and value; what is not known is dotted, to be filled in by hand."""

    lines: tuple[tuple[str, str], ...]
    kind: str = "values"


@dataclass(frozen=True)
class PaperTable:
    """Columns of text, the last of `figures` where it says so; `widths` are shares of the line, the first counts the
    rows. Where there is no row one stands that is left to be filled."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    figures: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class PageBreak:
    kind: str = "break"


Block = Heading | Paragraph | LabelledValues | PaperTable | PageBreak


@dataclass(frozen=True)
class SignaturePlace:
    """Who signs here: the capacity in capitals, what is to be done, and the name where it is known."""

    capacity: tuple[str, ...]
    how: str = SIGN
    name: str = ""


@dataclass(frozen=True)
class FormPaper:
    """One form, ready to be drawn. `subject`: what stands below its title. `across`: laid on its side."""

    name: FormName
    superior: str
    issuer: str
    number: str
    place_and_day: str
    addressee: str
    blocks: tuple[Block, ...]
    signatures: tuple[SignaturePlace, ...]
    recipients: tuple[str, ...]
    on: date
    subject: str = ""
    across: bool = False

    @property
    def code(self) -> str:
        return self.name.code

    @property
    def title(self) -> str:
        return self.name.title

    def mapped(self, change: Callable[[str], str]) -> "FormPaper":
        """The same paper with every text of it changed: what is hidden on a page is hidden in the file."""
        return replace(
            self,
            addressee=change(self.addressee),
            blocks=tuple(_mapped(block, change) for block in self.blocks),
            signatures=tuple(replace(place, name=change(place.name)) for place in self.signatures),
        )

    @property
    def form_mark(self) -> str:
        return f"(Mẫu {self.code})" if self.code else ""

    @property
    def made_at(self) -> datetime:
        """The day of the paper, never the clock."""
        return moment_on(self.on, HOUR)


def _mapped(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, LabelledValues):
        return replace(block, lines=tuple((label, change(value)) for label, value in block.lines))
    if isinstance(block, PaperTable):
        return replace(block, rows=tuple(tuple(map(change, row)) for row in block.rows))
    return block if isinstance(block, PageBreak) else replace(block, text=change(block.text))


@dataclass(frozen=True)
class PaperHead:
    """The upper part of a paper of one body on a day."""

    superior: str
    issuer: str
    number: str
    place_and_day: str
    on: date

    def paper(
        self,
        name: FormName,
        draft: "PaperDraft",
        *signatures: SignaturePlace,
        addressee: str = "",
        recipients: tuple[str, ...] = (),
        subject: str = "",
        across: bool = False,
    ) -> FormPaper:
        """The whole paper under this head."""
        return FormPaper(
            name=name,
            superior=self.superior,
            issuer=self.issuer,
            number=self.number,
            place_and_day=self.place_and_day,
            addressee=addressee,
            blocks=tuple(draft.blocks),
            signatures=signatures,
            recipients=recipients,
            on=self.on,
            subject=subject,
            across=across,
        )


@dataclass(frozen=True)
class Issuers:
    """The two bodies of a commune that write papers of the dossier, as they are called on a day."""

    unit: Unit
    body: Bodies
    on: date

    @classmethod
    def of_unit(cls, unit: Unit, on: date) -> "Issuers":
        """The two bodies of `unit` as they are called on `on`; one query."""
        return cls(unit, bodies(unit, on), on)

    @property
    def committee(self) -> str:
        return police.committee_name(self.unit.name)

    def of_police(self, symbol: str = "") -> PaperHead:
        """`symbol`: of the kind of paper ("BC"); a paper without one is not numbered."""
        number = f"Số: ……/{symbol}-{self.body.letters.symbol}" if symbol else ""
        return PaperHead(self.body.superior, self.body.name, number, self._day, self.on)

    def of_minutes(self, symbol: str, held_on: date | None) -> PaperHead:
        """Minutes bear the day they speak of as "today"; it is dotted where nobody knows it."""
        day = f"{self.body.place}, {day_in_full(held_on) if held_on else DAY_IN_DOTS}"
        return replace(self.of_police(symbol), place_and_day=day)

    def of_committee(self, symbol: str = "") -> PaperHead:
        """A committee has no superior body above its name."""
        return PaperHead("", self.committee, f"Số: ……/{symbol}" if symbol else "", self._day, self.on)

    @property
    def _day(self) -> str:
        return f"{self.body.place}, {day_in_full(self.on)}"

    def police_signs(self) -> SignaturePlace:
        return SignaturePlace((self.body.letters.head.upper(),), SEAL)

    def committee_signs(self) -> SignaturePlace:
        return SignaturePlace(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), SEAL)

    @property
    def kept(self) -> str:
        return f"- Lưu: {self.body.letters.symbol}."


@dataclass
class PaperDraft:
    """A paper while it is put together: the blocks in the order in which they are added."""

    blocks: list[Block] = field(default_factory=list)

    def heading(self, text: str) -> None:
        self.blocks.append(Heading(text))

    def paragraph(self, text: str) -> None:
        self.blocks.append(Paragraph(text))

    def values(self, *lines: tuple[str, object]) -> None:
        """Label and value; an empty value is dotted."""
        self.blocks.append(LabelledValues(tuple((label, text_or_dots(value)) for label, value in lines)))

    def table(
        self, titles: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int], *, figures: bool = False
    ) -> None:
        """A table whose first column counts its rows; unknown cells are left empty for the pen."""
        filled = tuple((str(number), *(plain_text(cell) for cell in row)) for number, row in enumerate(rows, start=1))
        empty = (("1", *[""] * len(titles)),)
        self.blocks.append(PaperTable(("STT", *titles), filled or empty, tuple(widths), figures))

    def new_page(self) -> None:
        self.blocks.append(PageBreak())


def plain_text(value: object) -> str:
    """A value as a paper writes it: a day as dd/mm/yyyy, nothing where nothing is known."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def text_or_dots(value: object, dots: str = DOTS) -> str:
    """The same with dots where nothing is known."""
    return plain_text(value) or dots


def join_known(*parts: object, by: str = ", ") -> str:
    """What is known of several parts in one line; "" where none is."""
    return by.join(text for text in map(plain_text, parts) if text)


@dataclass(frozen=True)
class FormNames:
    """What each form is called on a day, the names entered by an administrator too."""

    rows: tuple[FormName, ...]
    on: date

    @classmethod
    def on_day(cls, on: date) -> "FormNames":
        """The names of the forms as they hold on `on`; one query."""
        return cls(FormNameVersion.objects.table(), on)

    def of(self, code: str) -> FormName:
        return form_name(code, self.on, self.rows)
