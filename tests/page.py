"""What a page offers: where its links lead, and what each of its forms sends."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """What a browser would send: the values by name, what may be chosen besides, and which names take a file."""

    method: str = "get"
    action: str = ""
    values: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)
    files: set = field(default_factory=set)

    @property
    def names(self):
        return {*self.values, *self.choices}


class Page(HTMLParser):
    """The links and forms of a page, read from its text."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.select = [], [Form()], None  # the first one: fields outside of any form
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        name, value = about.get("name"), about.get("value") or ""
        if tag == "a" and about.get("href"):
            self.links.append(about["href"])
        elif tag == "form":
            self.forms.append(Form(about.get("method", "get").lower(), about.get("action", "")))
        elif tag == "option" and self.select:
            self.forms[-1].choices.setdefault(self.select, []).append(value)
            if "selected" in about:
                self.forms[-1].values[self.select] = value
        elif tag in ("input", "select", "textarea", "button") and name and name != "csrfmiddlewaretoken":
            self.select = name if tag == "select" else None
            self.take(tag, name, value, about)

    def take(self, tag, name, value, about):
        form = self.forms[-1]
        if about.get("type") == "file":
            form.files.add(name)
        elif tag in ("button", "select") or about.get("type") in ("radio", "checkbox", "submit"):
            chosen = form.choices.setdefault(name, [])
            if tag != "select":
                chosen.append(value or "on")
            if "checked" in about:
                form.values[name] = value or "on"
        else:
            form.values[name] = value

    def as_one(self):
        """What all of its forms send, in one."""
        whole = Form()
        for form in self.forms:
            whole.values |= form.values
            whole.files |= form.files
            for name, values in form.choices.items():
                whole.choices.setdefault(name, []).extend(values)
        return whole


def text_of_page(response):
    """The text of a page; nothing of a file or of an answer to a script."""
    is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    return response.content.decode() if is_page else ""
