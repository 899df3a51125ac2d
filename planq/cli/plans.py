"""The option every command shares: which plan is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from planq.cli.deliver import say
from planq.model import Plan


def plan_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--plan PATH`, or PLANQ_PLAN from the environment."""
    return click.option(
        "--plan",
        default="",
        envvar="PLANQ_PLAN",
        metavar="PATH",
        help="Another plan's text or outline.yaml (default: the bundled plan).",
    )(function)


def opened(plan: str) -> Plan:
    """The plan meant; how its file was read is said on stderr."""
    from planq.library import open_plan

    found, notices = open_plan(plan)
    for notice in notices:
        say(f"planq: {notice}")
    return found


def addresses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Completions: the plan's addresses, with their headings as help."""
    from click.shell_completion import CompletionItem

    from planq.errors import PlanqError
    from planq.library import open_plan

    try:
        plan, _ = open_plan(str(ctx.params.get("plan") or ""))
    except PlanqError:
        return []
    depth = incomplete.count(".")
    return [
        CompletionItem(node.id, help=node.heading)
        for node in plan.nodes()
        if node.id.startswith(incomplete) and node.id.count(".") <= depth + 1
    ]
