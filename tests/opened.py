"""A form as a browser would send it back unchanged."""

from datetime import date


def opened(client, url):
    form = client.get(url).context["form"]
    values = {name: sendable(form[name].value()) for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def sendable(value):
    """As a browser writes a value; a box that is not ticked and a choice not made are not sent."""
    if value is False or value is None:
        return None
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
