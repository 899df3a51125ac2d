"""Articles of regulations: 第十条之一, and their 款, 项 and 目, as addresses, claims and citations."""

from __future__ import annotations

import pytest
from conftest import asking

from planq.errors import AddressError
from planq.parse import parse
from planq.plan.address import Address
from planq.quote.cite import section_words
from planq.verify.claims import claims_in, named

TEXT = """某市规划管理条例

第一章 总则

第一条 为了加强规划管理，制定本条例。

第二条 规划应当遵循下列原则：
（一）公开；
（二）公平；
（三）便民。
前款第（三）项所称便民，包括下列内容：
（一）网上办理；
（二）就近办理：
1.社区；
2.村。

第二章 公开

第九条 公开办法另行规定。公开办法由市人民政府制定。
公众可以查阅公开的规划。

第十条 规划应当公开。
公众可以提出意见。
意见应当答复。

第十条之一 规划应当评估。
评估每年进行一次。

第十条之二 评估应当公开。
"""
PLAN = parse(TEXT, id="reg")


@pytest.mark.parametrize(
    ("address", "id"),
    [
        ("10", "2.10"), ("10+1", "2.10+1"), ("2.10+1", "2.10+1"), ("第十条之一", "2.10+1"),
        ("第 10 条之 1", "2.10+1"), ("第二章第十条之一", "2.10+1"), ("2", "2"), ("第二条", "1.2"),
        ("第一条", "1.1"), ("10:2", "2.10:2"), ("第十条第二款", "2.10:2"), ("第十条第三款", "2.10:3"),
        ("10:1", "2.10"), ("第十条第一款", "2.10"), ("第九条第二款", "2.9:2"), ("10+1:2", "2.10+1:2"),
        ("第二条第（三）项", "1.2:3"), ("第二条第三项", "1.2:3"), ("第二条第二款", "1.2:4"),
        ("第二条第二款第（二）项", "1.2:6"), ("第二条第二款第（二）项第1目", "1.2:7"),
        ("reg/第十条之二", "2.10+2"),
    ],
)  # fmt: skip
def test_an_article_is_found_by_its_number(address: str, id: str) -> None:
    assert PLAN[address].id == id


@pytest.mark.parametrize(
    "address", ["第十条之九", "10+9", "第八十条", "第十条第七款", "第二条第九项"]
)
def test_an_article_that_is_not_there_is_said(address: str) -> None:
    with pytest.raises(AddressError):
        PLAN.resolve(address)


def test_articles_make_a_range() -> None:
    ids = ["2.9", "2.10", "2.10+1"]
    assert [node.id for node in PLAN.resolve("第九条至第十条之一")] == ids
    assert [node.id for node in PLAN.resolve("9-10+1")] == ids


@pytest.mark.parametrize(
    "text",
    ["10+1", "10+1:2", "1.10+1", "part2/3.10+12:4", "9-10+1", "10+1_2", "part2.1", "part2.1/1.3:2"],
)
def test_an_address_comes_back_as_written(text: str) -> None:
    assert str(Address.parse(text)) == text
    assert Address.parse(str(Address.parse(text))) == Address.parse(text)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("10", "第十条"), ("10+1", "第十条之一"), ("10:2", "第十条第二款"), ("10+1:2", "第十条之一第二款"),
        ("9:1", "第九条第一款"), ("1.2:3", "第二条第一款第（三）项"), ("1.2:7", "第二条第二款第（二）项第1目"),
        ("1", "第一章"),
    ],
)  # fmt: skip
def test_a_citation_names_the_article(address: str, words: str) -> None:
    assert section_words(PLAN[address]) == words


def test_every_place_in_an_article_is_found_by_its_words() -> None:
    for node in PLAN.walk():
        if node.kind != "chapter":
            assert PLAN[section_words(node)].id == node.id


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("第十条第一款", "第十条 规划应当公开。"),
        ("10:1", "第十条 规划应当公开。"),
        ("第九条第一款", "第九条 公开办法另行规定。公开办法由市人民政府制定。"),
        ("第九条第二款", "公众可以查阅公开的规划。"),
        ("第十条第三款", "意见应当答复。"),
        ("第十条之二第一款", "第十条之二 评估应当公开。"),
        ("第二条第一款", "第二条 规划应当遵循下列原则："),
    ],
)
def test_a_paragraph_is_shown_and_nothing_else(address: str, text: str) -> None:
    assert PLAN[address].text == text
    words = address if "款" in address else "第十条第一款"
    assert section_words(PLAN[address]) == words.replace("第十条之二第一款", "第十条之二")


def test_a_colon_behind_the_number_is_no_part_of_the_title() -> None:
    plan = parse("某市规划办法\n\n第一条：制定本办法。\n\n第二条：本办法自发布之日起施行。\n", id="x")
    assert [node.title for node in plan.nodes()] == ["制定本办法", "本办法自发布之日起施行"]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("第十条第七款", "第十条 has 3 款: there is no 第七款"),
        ("第二条第九项", "第二条 has 3 项: there is no 第（九）项"),
        ("第二条第二款第（五）项", "第二条第二款 has 2 项: there is no 第（五）项"),
        ("第二条第二款第（二）项第9目", "第二条第二款第（二）项 has 2 目: there is no 第9目"),
    ],
)
def test_a_place_that_an_article_has_not_is_named_with_how_many_it_has(
    address: str, message: str
) -> None:
    with pytest.raises(AddressError) as error:
        PLAN.resolve(address)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("第十条规定“规划应当评估。”", "misattributed"),
        ("第十条之一规定“规划应当评估。”", "exact"),
        ("第十条之二规定“规划应当评估。”", "misattributed"),
        ("《某市规划管理条例》第十条第二款规定“公众可以提出意见。”", "exact"),
        ("条例第十条第三款规定“公众可以提出意见。”", "misattributed"),
        ("前文。\n按照规划管理条例第十条第三款，“公众可以提出意见。”", "misattributed"),
        ("物业管理条例第十条第三款规定“公众可以提出意见。”", "exact"),  # another one's
        ("《城乡规划法》第十条规定“规划应当评估。”", "exact"),  # another one's
        ("第十条第一款规定“规划应当公开。”", "exact"),
        ("第十条第一款规定“公众可以提出意见。”", "misattributed"),
        ("第九条第一款规定“公开办法由市人民政府制定。”", "exact"),
        ("第九条第二款规定“公开办法由市人民政府制定。”", "misattributed"),
        ("第二条第二款要求“（二）就近办理：”", "exact"),
        ("第二条第一款要求“（二）就近办理：”", "misattributed"),
        ("第八十条规定“规划应当评估。”", "misattributed"),
    ],
)
def test_a_claim_of_an_article_is_held_against_it(draft: str, status: str) -> None:
    assert [verdict.status for verdict in asking(PLAN).verify(draft)] == [status]


def test_a_plan_without_articles_has_no_claims_of_them() -> None:
    plan = parse("某省规划\n一、目标\n内容是这样的。\n二、任务\n内容是那样的。\n")
    assert claims_in("宪法第十条规定如此，第二条也是。", plan) == []
    (claim,) = claims_in("第十条之一规定如此。", PLAN)
    assert [node.id for node in named(claim, PLAN)] == ["2.10+1"]


@pytest.mark.parametrize(
    ("address", "id"),
    [
        ("第二编第一分编", "part2.1"), ("part2.1", "part2.1"), ("第二编第二分编第二章", "part2/2"),
        ("第二编第二章", "part2/2"), ("第三条", "part2/2.3"),
    ],
)  # fmt: skip
def test_a_part_of_a_part_is_found_by_its_number(address: str, id: str) -> None:
    plan = parse(
        "某国法典\n\n第一编 总则\n\n第一章 规定\n\n第一条 本法如下。\n\n第二编 物权\n\n第一分编 通则\n\n第一章 规定\n\n"
        "第二条 本编如下。\n\n第二分编 所有权\n\n第二章 规定\n\n第三条 有权占有。\n"
    )
    assert plan[address].id == id
