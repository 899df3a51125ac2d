"""Help that begins with examples: what most readers of a help page came for."""

from __future__ import annotations

import re

import click


class Documented(click.Command):
    """A command whose help begins with examples: the lines of its docstring that call planq."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help page, the examples first."""
        examples, _ = self._parts()
        with formatter.section("Examples"):
            for line in examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        formatter.write_paragraph()
        super().format_help(ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The docstring without its examples."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._parts()[1])

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first clause of the help, whole: what a list of commands shows."""
        clause = re.match(r"(?:\([^)]*\)|[^:;.]|[:;.](?=\S))*", self._parts()[1])
        return " ".join(clause[0].split()) + "." if clause else ""

    def _parts(self) -> tuple[list[str], str]:
        """The examples, and the docstring without them."""
        lines = [line.strip("\b ") for line in (self.help or "").splitlines()]
        words = [line for line in lines if not line.startswith("planq ")]
        return [line for line in lines if line.startswith("planq ")], "\n".join(words).strip()
