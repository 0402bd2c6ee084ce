"""Parts of a page that take what a line of `{% include … with … %}` cannot: words to translate, markup between tags."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag
def fact(content: SafeString, label: str, css: str = "") -> SafeString:
    """`{% fact _("Phone") %}…{% endfact %}`: a name and its value; `css`: a class of the value."""
    value = mark_safe(content.strip())  # what the page has drawn, escaped there
    return render_to_string("_components/fact.html", {"label": label, "value": value, "css": css})


@register.inclusion_tag("_components/chip.html")
def chip(word: str, tone: str = "", icon: str = "") -> dict:
    """`{% chip _("Late") "brick" "clock" %}`: a status in a word, a tone (leaf amber brick sky plain) and an icon."""
    return {"word": word, "tone": tone, "icon": icon}


@register.inclusion_tag("_components/crumbs.html")
def crumbs_below(url: str, label: str, here: str, of: str = "") -> dict:
    """`{% crumbs_below url _("Files") _("New file") %}`: a step up, whose label may name what it is `of`."""
    return {"items": [{"url": url, "label": f"{label}: {of}" if of else label}, {"label": here}]}
