"""Days as news writes them, and the day that such writing names."""

from datetime import date

ISO_DATE = r"\d{4}-\d{1,2}-\d{1,2}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
WRITTEN_DATE = rf"{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}"


def parse_date(written: object) -> date | None:
    """The day that an ISO or a written date names, or None where it names none."""
    if not isinstance(written, str) or not written.strip() or len(written) > 60:
        return None
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        pass
    import dateparser

    found = dateparser.parse(written, languages=["en"], settings={"REQUIRE_PARTS": ["year", "month", "day"]})
    return found.date() if found is not None else None
