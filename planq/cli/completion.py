"""What a shell offers while a command is typed: plans, addresses, boxes, formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planq.errors import PlanqError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.plan.tree import Tree


def plans(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Completions: the plans of the library."""
    from click.shell_completion import CompletionItem

    from planq.library.home import Library

    try:
        with Library() as library:
            found = library.ids()
    except PlanqError:
        return []
    return [CompletionItem(id) for id in found if id.startswith(incomplete)]


def addresses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Completions: the plan's addresses, with their headings as help; behind a colon, paragraphs."""
    if ":" in incomplete:
        return _paragraphs(ctx, incomplete)
    depth = incomplete.count(".")
    return [item for item in _headings(ctx, incomplete) if item.value.count(".") <= depth + 1]


def boxes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Completions: the plan's boxes and tables, with their titles as help."""
    return _headings(ctx, incomplete, ("box", "table"))


def _headings(ctx: click.Context, incomplete: str, kinds: Sequence[str] = ()) -> list[Any]:
    from click.shell_completion import CompletionItem

    from planq.render.plain import visible

    plan, prefix = _asked(ctx, incomplete)
    return [
        CompletionItem(prefix + node.id, help=visible(node.heading))
        for node in (plan.nodes() if plan else ())
        if (prefix + node.id).startswith(incomplete) and (not kinds or node.kind in kinds)
    ]


def _paragraphs(ctx: click.Context, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from planq.render.plain import visible

    plan, prefix = _asked(ctx, incomplete)
    return [
        CompletionItem(prefix + node.id, help=visible(node.own_text[:40]))
        for node in (plan.blocks() if plan else ())
        if (prefix + node.id).startswith(incomplete)
    ]


def _asked(ctx: click.Context, incomplete: str) -> tuple[Tree | None, str]:
    """The plan whose addresses are completed, and the id of it that was typed before them."""
    from planq.library import open_plan
    from planq.library.choose import plan_of

    try:
        named = plan_of(incomplete) if "/" in incomplete else ""
        names = ctx.params.get("names") or [named]
        return open_plan(str(names[0])).tree, f"{named}/" if named else ""
    except PlanqError:
        return None, ""


def plan_or_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Completions: a file, or a plan of the library."""
    from click.shell_completion import CompletionItem

    # Bash forgets what was offered before a file.
    return [CompletionItem(incomplete, type="file"), *plans(ctx, param, incomplete)]


def schemas(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Completions: the names of schemas."""
    from planq.schemas import NAMES

    return [name for name in NAMES if name.startswith(incomplete)]
