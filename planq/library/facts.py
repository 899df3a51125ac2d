"""The bibliographic facts a plan is given by hand: title, date and issuer, checked and tidied."""

from __future__ import annotations

from planq.errors import PlanqError
from planq.library.ids import TITLE_CHARS


def facts_of(title: str, date: str, issuer: str) -> tuple[tuple[str, str], ...]:
    """Those that are given, by name. Raises PlanqError for one that cannot be."""
    if len(title) > TITLE_CHARS or len(issuer) > TITLE_CHARS:
        raise PlanqError(
            "a title or issuer has at most {title_chars} characters", title_chars=TITLE_CHARS
        )
    given = (("title", title.strip()), ("date", iso_date(date)), ("issuer", issuer.strip()))
    return tuple((key, value) for key, value in given if value)


def iso_date(text: str) -> str:
    """`text` as YYYY[-MM[-DD]], empty for nothing. Raises PlanqError for what is no date."""
    import datetime
    import re

    if not text.strip():
        return ""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (None if part is None else int(part) for part in found.groups())
        made = datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise PlanqError(
            "{text!r} is no date: write it like 2021-04-12, 2021-04 or 2021", text=text[:40]
        ) from None
    return made.isoformat()[: 4 if month is None else 7 if day is None else 10]
