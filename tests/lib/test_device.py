import pytest

from cases.lib import device

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (CHROME, "Chrome 109 · Windows"),
        (f"{CHROME} Edg/120.0", "Edge 120 · Windows"),
        (f"{CHROME} coc_coc_browser/110.0", "Cốc Cốc 110 · Windows"),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36",
            "Chrome 119 · Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Mobile Safari/604", "Safari 16 · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox 115 · Linux"),
        ("curl/8.1", "curl/8.1"),
        ("", ""),
        ("x" * 500, "x" * 40),
    ],
)
def test_a_browser_is_told_in_a_few_words(agent, told):
    assert device.short(agent) == told
