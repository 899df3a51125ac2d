"""A declared command as a Click command: its words read, its help, its completion."""

from __future__ import annotations

from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from planq.answers.command import options_of
from planq.cli.help import Documented

if TYPE_CHECKING:
    from collections.abc import Callable

    from planq.answers.command import Argument, Command, Option

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
        """Completions: a file, or a plan of the library."""
        from planq.cli.completion import plan_or_file

        return plan_or_file(ctx, param, incomplete)


def click_command(command: Command) -> click.Command:
    """The Click command that reads what `command` declares and runs it."""

    def callback(**values: Any) -> None:
        from planq.run import run

        source = click.get_current_context().get_parameter_source
        given = any(source(name) is ParameterSource.COMMANDLINE for name in ("names", "all_plans"))
        run(command, values, plans_given=given)

    return Documented(
        command.name,
        callback=callback,
        params=[
            *(_argument(one) for one in command.arguments),
            *(_option(one, command) for one in options_of(command)),
        ],
        help=getdoc(command.answer),
        context_settings={"ignore_unknown_options": True} if command.operators else None,
    )


def _argument(one: Argument) -> click.Argument:
    return click.Argument(
        [one.name],
        nargs=-1 if one.many else 1,
        required=one.required,
        metavar=one.metavar,
        type=_type(one),
        shell_complete=_completer(one.complete),
    )


def _option(one: Option, command: Command) -> click.Option:
    extra: dict[str, Any] = {}
    if one.bare is not None:
        extra = {"is_flag": False, "flag_value": one.bare}
    elif one.kind == "flag":
        extra = {"is_flag": True}
    if one.default is not None:
        extra["default"] = one.default
    if one.complete == "formats":
        extra["shell_complete"] = _completer("formats", command.formats)
    elif one.complete:
        extra["shell_complete"] = _completer(one.complete)
    return click.Option(
        [*one.spelled.split(), one.name],
        help=one.help.format(formats=", ".join(command.formats)),
        multiple=one.many,
        metavar=one.metavar,
        show_default=one.show_default,
        envvar="PLANQ_PLAN" if one.name == "names" else None,
        type=None if one.kind == "flag" else _type(one),
        **extra,
    )


def _type(one: Argument | Option) -> Any:
    choices: tuple[str, ...] = getattr(one, "choices", ())
    if choices:
        return click.Choice(choices)
    minimum: int | None = getattr(one, "minimum", None)
    if minimum is not None:
        return click.IntRange(minimum)
    kinds: dict[str, Any] = {"path": click.Path(path_type=Path), "plan": PlanName(), "float": float}
    return kinds.get(one.kind)


def _completer(name: str, formats: tuple[str, ...] = ()) -> Callable[..., list[Any]] | None:
    """The function that offers values: found when it is asked for."""
    if not name:
        return None

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        if name == "formats":
            return [each for each in formats if each.startswith(incomplete)]
        from planq.cli import completion

        offered: list[Any] = getattr(completion, name)(ctx, param, incomplete)
        return offered

    return complete
