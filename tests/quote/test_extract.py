"""What in a draft is a quotation, and which characters are its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planq.verify.extract import extract


def quoted(draft: str) -> list[str]:
    return [quotation.words for quotation in extract(draft).quotations]


@pytest.mark.parametrize("marks", ["“”", "‘’", "「」", "『』", '""'])
def test_every_kind_of_quotation_mark(marks: str) -> None:
    assert quoted(f"文中说{marks[0]}改革开放持续深化{marks[1]}。") == ["改革开放持续深化"]


def test_marks_nest_as_in_the_plan_itself() -> None:
    assert quoted("要“构建“光芯屏端网”纵向链合”。") == ["构建“光芯屏端网”纵向链合"]
    assert quoted("要“构建‘光芯屏端网’纵向链合”。") == ["构建‘光芯屏端网’纵向链合"]


def test_titles_are_no_quotations() -> None:
    assert quoted("《关于“光芯屏端网”的意见》说“改革开放持续深化”") == ["改革开放持续深化"]


def test_an_apostrophe_opens_nothing() -> None:
    assert quoted("Hubei’s plan, don’t “改革开放” it") == ["改革开放"]


def test_markdown_is_no_part_of_the_words() -> None:
    assert quoted("“改革**开放**持续`深化`[^1]”") == ["改革开放持续深化"]
    assert quoted("“改革[开放](http://x.y/“z”)持续深化”") == ["改革开放持续深化"]
    assert quoted(r"“PM\_{2.5} 平均浓度”") == ["PM_{2.5} 平均浓度"]
    assert quoted("“带*号”") == ["带*号"]


def test_lines_wrap_without_a_word_between_chinese_and_with_a_space_between_latin() -> None:
    assert quoted("“改革开放\n持续深化”") == ["改革开放持续深化"]
    assert quoted("“Micro\nLED 技术”") == ["Micro LED 技术"]


def test_code_comments_front_matter_and_attributes_are_not_read() -> None:
    draft = (
        '---\ntitle: "改革开放"\n---\n```\n“改革”\n```\n<!-- “开放” --><a title="持续深化">x</a>'
    )
    assert quoted(draft) == []


def test_every_word_knows_its_place_in_the_draft() -> None:
    draft = "说“改革**开放**\n  持续深化”。"
    (quotation,) = extract(draft).quotations
    assert "".join(draft[place] for place in quotation.places) == quotation.words
    assert draft[quotation.start : quotation.end] == "改革**开放**\n  持续深化"


def test_block_quotes_are_quotations_a_paragraph_each() -> None:
    assert quoted("> 改革开放\n> 持续深化\n>\n> 生态环境加快改善") == [
        "改革开放持续深化",
        "生态环境加快改善",
    ]


def test_a_block_quotes_credit_and_marks_of_its_own_are_no_part_of_it() -> None:
    assert quoted("> 改革开放持续深化\n> ——第一章第一节") == ["改革开放持续深化"]
    assert quoted("> “改革开放持续深化” ——第一章") == ["改革开放持续深化"]
    assert quoted("> “十四五”时期是关键五年。") == ["“十四五”时期是关键五年。"]
    assert quoted("> [!NOTE]\n> 改革开放持续深化") == ["改革开放持续深化"]


def test_what_is_left_open_ends_with_its_paragraph() -> None:
    found = extract("说“改革开放持续深化\n\n生态“环境”改善")
    assert [q.words for q in found.quotations] == ["改革开放持续深化", "环境"]
    assert [line for line, _ in found.stray] == [1]
    assert found.quotations[0].open


def test_complete_quotations_inside_an_open_one_are_kept() -> None:
    (left,) = extract("说“改革开放。又说“持续深化”和“加快改善”").quotations
    assert [q.words for q in left.inner] == ["持续深化", "加快改善"]


def test_marks_typed_the_wrong_way_round_are_read_and_reported() -> None:
    for draft in ("”改革开放”", "“改革开放“"):
        found = extract(draft)
        assert [q.words for q in found.quotations] == ["改革开放"]
        assert found.stray


@given(st.text(alphabet="“”‘’「」\"'《》*_`[](){}<!->\n 改革a1\\^~#—", max_size=80))
def test_any_text_is_read_and_places_are_true(draft: str) -> None:
    found = extract(draft)
    assert len(found.prose) == len(draft)
    for quotation in found.quotations:
        assert 0 <= quotation.start <= quotation.end <= len(draft)
        assert len(quotation.places) == len(quotation.words)
        for char, place in zip(quotation.words, quotation.places, strict=True):
            assert draft[place] == char or (draft[place] == "\n" and char == " ") or char == " "
        assert quotation.line == draft.count("\n", 0, quotation.start) + 1


def test_a_credit_line_may_have_an_empty_line_before_it() -> None:
    assert quoted("> 改革开放持续深化\n>\n> ——《纲要》第一章") == ["改革开放持续深化"]
    assert quoted("> 改革开放持续深化\n> ——某某") == ["改革开放持续深化"]


def test_a_line_of_a_list_that_begins_with_a_dash_is_quoted() -> None:
    """Many plans print their aims so; with a source it would be a credit line."""
    aims = "> 主要目标是：\n> ——经济发展取得新成效，质量和效益提升。"
    assert "——经济发展取得新成效，质量和效益提升。" in "".join(quoted(aims))
    (quotation,) = quoted("> ——经济发展取得新成效，质量和效益提升。")
    assert quotation.startswith("——经济发展")


def test_brackets_behind_a_footnote_mark_are_printed() -> None:
    assert quoted("“参保率[^3](%)达到标准”") == ["参保率(%)达到标准"]


def test_a_line_without_its_mark_goes_on_with_a_block_quote_in_mid_sentence() -> None:
    """CommonMark's laziness; behind a whole sentence it is taken for the writer's own."""
    assert quoted("> 改革开放\n持续深化") == ["改革开放持续深化"]
    assert quoted("> 推进“光芯屏端网”\n产业集群建设") == ["推进“光芯屏端网”产业集群建设"]
    for closed in ("改革开放持续深化。", "“改革开放持续深化”", "改革开放持续深化（第一章）"):
        (words,) = quoted(f"> {closed}\n这是作者的话")
        assert "作者" not in words
    assert quoted("> 改革开放\n- 持续深化") == ["改革开放"]


@pytest.mark.parametrize("lead", ["- > ", "1. > ", "      > ", "> - ", ">> "])
def test_block_quotes_stand_in_lists_too(lead: str) -> None:
    assert quoted(f"甲：\n\n{lead}改革开放持续深化\n") == ["改革开放持续深化"]


def test_a_credit_line_behind_marked_words_of_a_block_quote_is_no_quotation() -> None:
    assert quoted("> “改革开放持续深化。”\n>\n> ——《纲要》第一章") == ["改革开放持续深化。"]


def test_links_by_reference_and_over_lines_are_no_part_of_the_words() -> None:
    where = '\n\n[甲]: http://x.y/ "改革开放的标题"\n'
    assert quoted("“改革[开放][甲]持续[深化][]”" + where + "[深化]: <z>\n") == ["改革开放持续深化"]
    assert quoted("“改革[甲]开放”" + where) == ["改革甲开放"]
    assert quoted("“改革[乙]开放”" + where) == ["改革[乙]开放"]
    assert quoted("[1]: 见“改革开放持续深化”") == ["改革开放持续深化"]
    assert quoted("“改革[开\n放](http://x.y/)持续”") == ["改革开放持续"]


def test_character_references_are_the_characters_they_print() -> None:
    assert quoted("“突破&nbsp;1&#x20;万&amp;亿”") == ["突破\xa01 万&亿"]
    assert quoted("&ldquo;改革开放&rdquo;") == ["改革开放"]
    assert quoted("“改革&开放;”") == ["改革&开放;"]


def test_a_straight_and_a_curly_mark_are_a_pair_and_reported() -> None:
    for draft in ('“改革开放持续深化"', '"改革开放持续深化”'):
        found = extract(draft)
        assert [q.words for q in found.quotations] == ["改革开放持续深化"]
        assert len(found.stray) == 1
    assert quoted('"改革”开放"') == ["改革”开放"]


def test_straight_marks_nest_where_the_plan_says_so() -> None:
    draft = '"构建"光芯屏端网"纵向链合"'
    assert quoted(draft) == ["构建", "纵向链合"]
    found = extract(draft, nests=lambda inner, whole: inner == "光芯屏端网").quotations
    assert [q.words for q in found] == ['构建"光芯屏端网"纵向链合']


def test_marks_of_notes_are_no_part_of_the_words_of_a_word_document() -> None:
    (quotation,) = extract("说“改革[^1]开放*”", markup=False).quotations
    assert quotation.words == "改革开放*"
    assert [quotation.places[0], quotation.places[2]] == [2, 8]
