from django.template import Context, Template


def drawn(text, **values):
    return Template("{% load components %}" + text).render(Context(values))


def test_a_fact_is_a_name_and_its_value_without_the_space_around_it():
    shown = drawn("{% fact label %}\n  <b>{{ value }}</b>\n{% endfact %}", label="Nơi ở", value="A & B")

    assert "<div><dt>Nơi ở</dt><dd><b>A &amp; B</b></dd></div>" in shown


def test_a_fact_escapes_its_name():
    assert "<dt>&lt;b&gt;</dt>" in drawn("{% fact label %}{% endfact %}", label="<b>")


def test_the_value_of_a_fact_may_have_a_class():
    assert '<dd class="code">an</dd>' in drawn('{% fact "Tên" css="code" %}an{% endfact %}')


def test_a_chip_is_a_word_with_a_tone_and_an_icon():
    shown = drawn('{% chip word "leaf" "check2" %}', word="Đã duyệt <1>")

    assert '<span class="chip chip-leaf"><svg class="icon"' in shown
    assert shown.strip().endswith("</svg>Đã duyệt &lt;1&gt;</span>")


def test_a_chip_needs_neither_tone_nor_icon():
    assert '<span class="chip">Tắt</span>' in drawn('{% chip "Tắt" %}')


def test_crumbs_lead_one_step_up_and_say_where_one_is():
    shown = drawn('{% crumbs_below "/report/" "Báo cáo" "Danh sách" of="Xã Nam Đà" %}')

    assert '<a href="/report/">Báo cáo: Xã Nam Đà</a>' in shown
    assert '<span aria-current="page">Danh sách</span>' in shown
