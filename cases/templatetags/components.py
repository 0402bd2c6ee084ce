"""Parts of a page that take what a line of `{% include … with … %}` cannot: words to translate, markup between tags."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag
def fact(content: SafeString, label: str, css: str = "") -> SafeString:
    """`{% fact _("Phone") %}…{% endfact %}`: a name and its value; `css`: a class of the value."""
    value = mark_safe(content.strip())  # nosec B308 B703 # what the page has drawn, escaped there
    return render_to_string("_components/fact.html", {"label": label, "value": value, "css": css})


@register.simple_tag
def figure_cells(cells: Iterable[dict], stacks: bool = True) -> SafeString:
    """The cells of one row of figures, each with the list behind it; drawn here, since a table has thousands.

    `stacks`: on a phone the table has rows of label and value, so that each cell carries its label.
    """
    zero = [" zero" if cell["zero"] else "" for cell in cells]
    if stacks:
        rows = ((css, cell["label"], _figure(cell)) for css, cell in zip(zero, cells, strict=True))
        return format_html_join("\n", '<td class="num{}" data-label="{}">{}</td>', rows)
    return format_html_join(
        "", '<td class="num{}">{}</td>', ((css, _figure(cell)) for css, cell in zip(zero, cells, strict=True))
    )


def _figure(cell: dict) -> str:
    shown, url = cell["shown"], cell["url"]
    return format_html('<a class="open" href="{}">{}</a>', url, shown) if url else shown


@register.inclusion_tag("_components/chip.html")
def chip(word: str, tone: str = "", icon: str = "") -> dict:
    """`{% chip _("Late") "brick" "clock" %}`: a status in a word, a tone (leaf amber brick sky plain) and an icon."""
    return {"word": word, "tone": tone, "icon": icon}


@register.inclusion_tag("_components/crumbs.html")
def crumbs_below(url: str, label: str, here: str, of: str = "") -> dict:
    """`{% crumbs_below url _("Files") _("New file") %}`: a step up, whose label may name what it is `of`."""
    return {"items": [{"url": url, "label": f"{label}: {of}" if of else label}, {"label": here}]}


@register.simple_block_tag
def row(content: SafeString, url: str, name: str = "") -> SafeString:
    """`{% row url name %}…{% endrow %}`: a row of a list, a link if there is a `url`; what it holds is below the name.

    Without a name it holds all there is between the ends of the row: its `row-text` and, say, a chip.
    """
    return render_to_string("_components/row.html", {"url": url, "name": name, "more": content})


@register.simple_block_tag
def titled_list(content: SafeString, name: str, title: str) -> SafeString:
    """`{% titled_list "found" _("On file already") %}…{% endtitled_list %}`: a part of the page whose rows it holds.

    `name`: of the part, once in a page.
    """
    return render_to_string("_components/titled_list.html", {"name": name, "title": title, "rows": content})


@register.simple_block_tag
def scrolled_table(content: SafeString, caption: str, label: str = "", css: str = "", stack: bool = True) -> SafeString:
    """`{% scrolled_table caption %}<thead>…</tbody>{% endscrolled_table %}`: a table that scrolls where it is too wide.

    `label`: what screen readers call its place, if not by its caption; `css`: a class of its place; `stack`: rows of
    label and value on a phone (each cell then carries its label).
    """
    context = {"caption": caption, "label": label or caption, "css": css, "stack": stack, "content": content}
    return render_to_string("_components/scrolled_table.html", context)


@register.inclusion_tag("_components/pills.html")
def pills(lists: Iterable[tuple], shown: str) -> dict:
    """`{% pills lists shown %}`: the lists of a page (name, label, count; url, if elsewhere) and which is `shown`."""
    items = [(label, count, *(at or [f"?show={name}"]), name == shown) for name, label, count, *at in lists]
    return {"items": items}
