"""`planq set`: facts of a plan that its text does not say."""

from __future__ import annotations

from planq.answers.command import Argument, Command
from planq.answers.library.info import facts
from planq.deliver import Result


def answer(plan: str, fields: tuple[str, ...]) -> Result:
    """Remember facts of the plan ID (title, issuer, date, number), and print what is known of it.

    They are kept in the library's folder, for the bundled plan too, and stand before what the text
    says. An empty VALUE forgets one.

    \b
    planq set hubei-145 issuer=湖北省人民政府 date=2021-04
    planq set hubei-145 issuer= date=
    """
    from planq.library.given import keep, read
    from planq.library.home import Library

    wanted = read(fields)
    with Library() as library:
        if plan not in library:
            raise library.unknown(plan)
        keep(library.folder, plan, wanted)
        return facts(library.describe(plan))


COMMAND = Command(
    "set",
    answer,
    ("text", "json", "yaml"),
    (
        Argument("plan", metavar="ID", complete="plans"),
        Argument("fields", many=True, metavar="FACT=VALUE..."),
    ),
)
