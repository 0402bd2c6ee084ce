"""Drawings of Bootstrap Icons, coloured by the text around them: those of every day in one file that a browser keeps.

On a slow line the drawings were half of what a page sent. The rare ones stand in the page itself.
"""

import re
from functools import cache
from importlib.resources import files

from django import template
from django.template.base import FilterExpression, token_kwargs
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

FOLDER = files("js_lib_bootstrap_icons") / "static" / "bootstrap-icons"
SHEET = "img/icons.svg"
DAILY = (  # what the frame of the pages and the work of a commune show; a test finds the next one
    *("archive", "arrow-clockwise", "arrow-left-right", "arrow-right", "arrow-up", "bank", "bar-chart", "bell"),
    *("box-arrow-in-down", "box-arrow-right", "briefcase", "calendar-event", "calendar-x", "calendar3", "cash-coin"),
    *("chat-heart", "check-circle", "check-lg", "check2", "chevron-down", "chevron-right", "clipboard-check"),
    *("clipboard-data", "clock", "clock-history", "compass", "database", "diagram-3", "door-open", "download"),
    *("emoji-frown", "emoji-neutral", "emoji-smile", "exclamation-triangle", "eye", "file-earmark-arrow-up"),
    *("file-earmark-spreadsheet", "file-earmark-text", "folder2-open", "geo-alt", "hourglass-split", "house"),
    *("journal-arrow-down", "key", "list-check", "lock", "mortarboard", "patch-check", "pause-circle", "pencil"),
    *("pencil-square", "people", "person-plus", "person-x", "plus-lg", "printer", "search", "send", "shield-check"),
    *("shield-exclamation", "shield-lock", "signpost", "speedometer2", "table", "telephone", "telephone-plus"),
    *("three-dots", "translate", "x-circle"),
)
_SVG = re.compile(r'<svg [^>]*viewBox="0 0 16 16"[^>]*>(.*)</svg>\s*', re.DOTALL)


@cache
def drawing(name: str) -> SafeString:
    """What stands inside the <svg> of icon `name` (16 by 16); TemplateSyntaxError where there is no such icon."""
    source = FOLDER / f"{name}.svg"
    known = re.fullmatch(r"[a-z0-9-]+", name) and source.is_file()
    found = _SVG.fullmatch(source.read_text(encoding="utf-8")) if known else None
    if found is None:
        raise template.TemplateSyntaxError(f"there is no icon {name!r}")
    return mark_safe(re.sub(r"\s*\n\s*", "", found[1]))  # nosec B308 B703 # a file of the installed package, never anybody's input


def sheet() -> str:
    """The file with the drawings of every day, each under its name."""
    symbols = (f'<symbol id="{name}" viewBox="0 0 16 16">{drawing(name)}</symbol>' for name in DAILY)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


@cache
def markup(name: str) -> SafeString:
    """What draws icon `name` in a page: a reference into the file that the browser keeps, or the drawing itself."""
    return format_html('<use href="{}#{}"/>', static(SHEET), name) if name in DAILY else drawing(name)


def svg(name: str, label: str = "") -> SafeString:
    """The icon as markup: hidden from screen readers, or named by `label` where no word stands beside it."""
    told = format_html('role="img"><title>{}</title>', label) if label else mark_safe('aria-hidden="true">')  # nosec B308 # a constant
    return format_html(
        '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" {}{}</svg>',
        told,
        markup(name),
    )


class IconNode(template.Node):
    def __init__(self, name: FilterExpression, label: FilterExpression | None):
        self.name = name
        self.label = label

    def render(self, context: template.Context) -> str:
        return svg(str(self.name.resolve(context)), str(self.label.resolve(context)) if self.label else "")


@register.tag
def icon(parser: template.base.Parser, token: template.base.Token) -> IconNode:
    """`{% icon "house" %}` or `{% icon "telephone" label=_("Phone") %}`; a wrong name fails as the template loads."""
    bits = token.split_contents()[1:]
    if not bits:
        raise template.TemplateSyntaxError("icon needs a name")
    options = token_kwargs(rest := bits[1:], parser)
    if rest or set(options) - {"label"}:
        raise template.TemplateSyntaxError('icon takes a name and label="…", nothing else')
    name = parser.compile_filter(bits[0])
    if isinstance(name.var, str) and not name.filters:
        drawing(name.var)
    return IconNode(name, options.get("label"))
