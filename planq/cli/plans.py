"""The options every command shares: which plans are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planq.deliver import say
from planq.errors import PlanqError

if TYPE_CHECKING:
    from planq.model import Plan


class Plans(NamedTuple):
    """What was asked for: ids, paths and globs (none: the bundled plan), or the whole library."""

    names: tuple[str, ...] = ()
    all: bool = False

    @property
    def chosen(self) -> bool:
        """Whether any plan was named."""
        return self.all or bool(self.names)

    @property
    def several(self) -> bool:
        """Whether the question is one to several plans, whatever their number turns out to be."""
        return self.all or len(self.names) > 1 or any(_is_glob(name) for name in self.names)


if TYPE_CHECKING:
    _ParamType = click.ParamType[str]
else:  # not generic before Click 8.2
    _ParamType = click.ParamType


class PlanName(_ParamType):
    """A plan by its id or file."""

    name = "plan"
    # PLANQ_PLAN is one name: a path may hold spaces.
    envvar_list_splitter = "\0"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        # Bash forgets what was offered before a file.
        return [CompletionItem(incomplete, type="file"), *ids(ctx, param, incomplete)]


def _take_encoding(context: click.Context, _: click.Parameter, said: str | None) -> None:
    """What a file is said to be in is for every reader of this process, and of its children."""
    if said:
        import os

        from planq.encoded import codec_of

        codec_of(said)
        os.environ["PLANQ_ENCODING"] = said


#: `--encoding NAME` of the files that are read as plans, or PLANQ_ENCODING from the environment.
encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    expose_value=False,
    callback=_take_encoding,
    help="What a text file is in, like big5; found out without.",
)


def plan_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--plan ID|PATH`, repeatable, or PLANQ_PLAN from the environment, and `--all-plans`.

    The function gets one argument for them, `plan: Plans`.
    """

    @encoding_option
    @click.option(
        "--all-plans", is_flag=True, help="Every plan of the library, the bundled one too."
    )
    @click.option(
        "--plan",
        "names",
        type=PlanName(),
        multiple=True,
        envvar="PLANQ_PLAN",
        metavar="ID|PATH",
        help="Another plan: an id of the library, or a file. Repeatable; globs.",
    )
    @wraps(function)
    def run(*args: Any, names: tuple[str, ...], all_plans: bool, **kwargs: Any) -> Any:
        return function(*args, plan=Plans(names, all_plans), **kwargs)

    return run


def opened(plan: Plans | str, addresses: Sequence[str] = ()) -> Plan:
    """The one plan meant; how its file was read is said on stderr.

    `addresses` are those of the same command: with none chosen, the prefix they share (`ID/3.2`)
    says which plan. Raises PlanqError when several are meant.
    """
    from planq.library import open_plan

    if isinstance(plan, str):
        name, plan = plan, Plans((plan,))
        if plan.several:
            raise PlanqError(f"{name!r} is a pattern; name one plan, by its id or file")
    if plan.several:
        raise PlanqError("this is asked of one plan: give one --plan, and no --all-plans")
    name = plan.names[0] if plan.names else prefix(addresses)
    found, notices = open_plan(name)
    for notice in notices:
        say(f"planq: {notice}")
    return found


def opened_each(plan: Plans) -> Iterator[Plan]:
    """Every plan meant, each once and one at a time, so that not all are in memory together."""
    from planq.library.choose import each

    for found, notices in each(plan.names, every=plan.all):
        for notice in notices:
            say(f"planq: {notice}")
        yield found


def prefix(addresses: Sequence[str]) -> str:
    """The plan that addresses name before them (`ID/3.2`), empty without; PlanqError for several."""
    from planq.library.choose import plan_of

    prefixes = {plan_of(address) for address in addresses}
    if len(prefixes) > 1:
        raise PlanqError("these addresses are in different plans: ask for them one plan at a time")
    return prefixes.pop() if prefixes else ""


def _is_glob(name: str) -> bool:
    import os

    return any(char in name for char in "*?[") and not os.path.isfile(name)  # noqa: PTH113 — asked of ids too


def ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
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


def _asked(ctx: click.Context, incomplete: str) -> tuple[Plan | None, str]:
    """The plan whose addresses are completed, and the id of it that was typed before them."""
    from planq.library import open_plan
    from planq.library.choose import plan_of

    try:
        named = plan_of(incomplete) if "/" in incomplete else ""
        names = ctx.params.get("names") or [named]
        return open_plan(str(names[0]))[0], f"{named}/" if named else ""
    except PlanqError:
        return None, ""
