"""An outline edited by hand into nonsense is refused in one line, or still says what it says."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st

from planq.errors import OutlineError
from planq.parse import parse
from planq.plan import outline

SOURCE = "某市规划\n\n第一章 总则\n\n内容一。\n\n专栏 1 指标\n\n指标\t2020年\t2025年\n产值\t1\t2\n\n第二章 任务\n\n内容二。\n"
GOOD = outline.dump(parse(SOURCE, name="t.txt", id="t"))
DATA = yaml.safe_load(GOOD)
LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)
)


def edited(change: str, into: str) -> str:
    assert change in GOOD
    return GOOD.replace(change, into, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (edited("schema: 1", "schema: 7"), "has schema 7"),
        (edited("sha256: ", "sha256: 0"), "made from another text"),
        (edited("id: \"2\"", "id: \"1\""), "two nodes have the id '1'"),
        (edited("id: \"2\"", "id: 2"), "2 stands where text"),
        (edited("id: \"2\"", 'id: "a\\nb"'), "is no id"),
        (edited("kind: chapter", "kind: throne"), "'throne' is no kind"),
        (edited("number: 1", "number: true"), "True stands where a number"),
        (edited("number: 1", "number: 1.5"), "1.5 stands where a number"),
        (edited("number: 1", "number: .inf"), "inf stands where a number"),
        (edited("number: 1", "number: 0x" + "f" * 9999), "a huge number"),
        (edited("spans: [[", "spans: [[-"), "is not within the text"),
        (edited("spans: [[", "spans: [[0, 1], ["), "overlaps another"),
        (edited("tree:\n", "tree: nothing\nmore:\n"), "where a list should"),
        (edited('title: "总则"', "title: [总则]"), "a list stands where text"),
        (edited("contents: []\n", ""), "no 'contents'"),
        (LAUGHS + edited("schema: 1", "schema: *a29"), "that is no number"),
        (LAUGHS + edited('title: "总则"', "title: *a29"), "a list stands where text"),
        (LAUGHS + edited("kind: chapter", "kind: *a29"), "a list is no kind"),
        (edited('- id: "1"\n', '- &n\n  id: "1"\n').replace("  children:\n", "  children:\n  - *n\n", 1),
         "two nodes have the id '1'"),
        (GOOD + "x: !!python/name:os.system\n", "could not determine a constructor"),
        (GOOD + "x: " + "[" * 100_000, "is not readable"),
    ],
)  # fmt: skip
def test_nonsense_is_named(text: str, said: str) -> None:
    with pytest.raises(OutlineError) as refused:
        outline.load(text, SOURCE)
    message = str(refused.value)
    assert said in message
    assert "\n" not in message
    assert len(message) < 400


def _places(data: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    found = []
    for key, value in pairs:
        found.append((*above, key))
        if isinstance(value, (dict, list)):
            found += _places(value, (*above, key))
    return found


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.lists(st.integers(-3, 60), max_size=3),
    st.lists(st.lists(st.integers(-3, 60), max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip


@given(st.sampled_from(_places(DATA)), VALUES)
@examples(100)
def test_any_one_value_changed_is_refused_or_kept(place: tuple[Any, ...], value: Any) -> None:
    data = copy.deepcopy(DATA)
    *above, last = place
    inside = data
    for key in above:
        inside = inside[key]
    inside[last] = value
    try:
        plan = outline.load(yaml.safe_dump(data, allow_unicode=True), SOURCE)
    except OutlineError as error:
        assert "\n" not in str(error)
        return
    again = outline.load(outline.dump(plan), SOURCE)
    assert [(n.id, n.kind, n.spans, n.heading) for n in again.walk()] == [
        (n.id, n.kind, n.spans, n.heading) for n in plan.walk()
    ]
