"""Drawings of Bootstrap Icons, written into the page: no request, no font, coloured by the text around them."""

import re
from functools import cache
from importlib.resources import files

from django import template
from django.template.base import FilterExpression, token_kwargs
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

FOLDER = files("js_lib_bootstrap_icons") / "static" / "bootstrap-icons"
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


def svg(name: str, label: str = "") -> SafeString:
    """The icon as markup: hidden from screen readers, or named by `label` where no word stands beside it."""
    told = format_html('role="img"><title>{}</title>', label) if label else mark_safe('aria-hidden="true">')  # nosec B308 # a constant
    return format_html(
        '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" focusable="false" {}{}</svg>',
        told,
        drawing(name),
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
