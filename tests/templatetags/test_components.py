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


def test_a_row_is_a_link_with_what_it_tells_below_the_name():
    shown = drawn('{% row "/files/1/" name %}<span>{{ tell }}</span>{% endrow %}', name="Lê Văn <1>", tell="1980")

    assert '<a class="row-link" href="/files/1/">' in shown
    assert shown.index("Lê Văn &lt;1&gt;</strong>") < shown.index("<span>1980</span>") < shown.index("</a>")


def test_a_row_that_leads_nowhere_is_no_link():
    shown = drawn('{% row "" "Lê Văn Tám" %}{% endrow %}')

    assert '<span class="row-link">' in shown
    assert "<a" not in shown
    assert "<svg" not in shown


def test_a_row_without_a_name_holds_only_what_the_page_has_drawn():
    assert "row-text" not in drawn('{% row "/" %}<b>1</b>{% endrow %}')


def test_a_titled_list_is_a_part_of_the_page_that_is_called_by_its_title():
    shown = drawn('{% titled_list "found" title %}<li>{{ name }}</li>{% endtitled_list %}', title="A & B", name="<1>")

    assert '<section class="section" aria-labelledby="found">' in shown
    assert shown.index('id="found">A &amp; B</h2>') < shown.index("<li>&lt;1&gt;</li>") < shown.index("</ul>")


def test_a_scrolled_table_names_its_place_by_its_caption_or_its_label():
    table = "{% scrolled_table 'Số người' LABEL %}<tbody></tbody>{% endscrolled_table %}"

    assert 'aria-label="Số người"' in drawn(table.replace("LABEL", ""))
    assert 'aria-label="Số người theo xã"' in drawn(table.replace("LABEL", "label='Số người theo xã'"))
    assert '<caption class="visually-hidden">Số người</caption>' in drawn(table.replace("LABEL", ""))


def test_pills_mark_the_list_that_is_shown_and_lead_to_the_others():
    lists = [("open", "Đang mở", 2), ("sent", "Đã gửi", 3, "/sent/")]

    shown = drawn("{% pills lists shown %}", lists=lists, shown="open")

    assert '<a class="pill" href="?show=open" aria-current="true">Đang mở (2)</a>' in shown
    assert '<a class="pill" href="/sent/">Đã gửi (3)</a>' in shown
