"""PDF, Word, mail and captions: what a person reads in them, in the order in which it is read, and nothing else."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from docx import Document

from index.errors import StoryUnreadable
from index.library.folder import Library
from index.reading import read_source
from index.reading.files import is_readable, kind_of
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder
from tests.index.reading.pdfs import Line, pdf

ROOF = "The roof of the old depot leaks in four places, a report for the council said on Tuesday, and the clock tower leans."


def read(folder: Path, name: str, content: bytes) -> Story:
    path = folder / name
    path.write_bytes(content)
    (story,) = read_source(str(path))
    return story


def column(words: Sequence[str], left: float, top: float, size: float = 11, step: float = 14) -> list[Line]:
    return [(left, top - at * step, size, line) for at, line in enumerate(words)]


def test_lines_of_a_pdf_are_joined_to_paragraphs(tmp_path: Path) -> None:
    first = column(
        ["ORLEY - The roof of the old depot leaks in four places, a report for the", "council said on Tuesday."],
        72,
        700,
    )
    second = column(
        ["“We will mend it,” said council leader Fay Lund, who had asked for the", "report in the spring."], 72, 650
    )
    story = read(tmp_path, "roof.pdf", pdf([[*first, *second]]))
    assert story.text.split("\n") == [
        "ORLEY - The roof of the old depot leaks in four places, a report for the council said on Tuesday.",
        "“We will mend it,” said council leader Fay Lund, who had asked for the report in the spring.",
    ]


def test_two_columns_are_read_one_after_the_other_however_they_are_drawn(tmp_path: Path) -> None:
    left = column([f"left column, line {at}, which goes on and" for at in range(8)], 60, 700)
    right = column([f"right column, line {at}, which goes on and" for at in range(8)], 330, 700)
    drawn = [line for pair in zip(left, right, strict=True) for line in pair]
    text = read(tmp_path, "two.pdf", pdf([drawn])).text
    assert text.index("left column, line 7") < text.index("right column, line 0")
    assert "line 0, which goes on and left column, line 1" in text


def test_lines_drawn_out_of_order_are_read_from_the_top(tmp_path: Path) -> None:
    lines = column(
        ["The first sentence stands at the top of the page.", "The second one stands below it."], 72, 700, step=40
    )
    assert read(tmp_path, "order.pdf", pdf([lines[::-1]])).text.startswith("The first sentence")


def test_running_heads_page_numbers_and_margin_numbers_are_no_text(tmp_path: Path) -> None:
    def page(number: int) -> list[Line]:
        head: Line = (72, 760, 9, f"Case 1:17-cv-00123 Document 12 Filed 03/02/17 Page {number} of 3")
        body = column(
            [f"Line {at} of the complaint says what happened on that day and the" for at in range(12)], 100, 700
        )
        margin = column([str(at + 1) for at in range(12)], 60, 700)
        return [head, *margin, *body, (300, 40, 9, f"- {number} -")]

    text = read(tmp_path, "court.pdf", pdf([page(1), page(2), page(3)])).text
    assert "Case 1:17" not in text
    assert "- 2 -" not in text
    assert "Line 3 of the complaint says what happened on that day and the Line 4" in text


def test_a_word_broken_at_a_lines_end_is_whole_and_one_with_a_hyphen_keeps_it(tmp_path: Path) -> None:
    lines = column(
        [
            "The com-",
            "mittee met about the well-known bridge, and after that the well-",
            "known bridge was closed for good.",
        ],
        72,
        700,
    )
    text = read(tmp_path, "hyphens.pdf", pdf([lines])).text
    assert (
        text
        == "The committee met about the well-known bridge, and after that the well-known bridge was closed for good."
    )


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    pages = [
        column(["“We will mend the roof,” Fay Lund said, “and then we will"], 72, 100),
        column(["open the doors again.”"], 72, 700),
    ]
    assert (
        read(tmp_path, "over.pdf", pdf(pages)).text
        == "“We will mend the roof,” Fay Lund said, “and then we will open the doors again.”"
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"%PDF-1.4 nothing", "damaged"), (pdf([[]]), "picture"), (pdf([[]] * 401), "more than 400 pages")],
    ids=["damaged", "scanned", "long"],
)
def test_a_pdf_that_gives_no_story_says_why(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(StoryUnreadable, match=why):
        read(tmp_path, "x.pdf", content)


def word(fill: Callable[[object], None] | None = None) -> bytes:
    document = Document()
    document.add_heading("Depot plan splits council", level=1)
    document.add_paragraph(ROOF)
    document.add_paragraph("“We will mend it,” said Fay Lund.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "North", "12"
    document.core_properties.author = "Nell Farrow"
    if fill is not None:
        fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_is_read_as_its_reader_sees_it(tmp_path: Path) -> None:
    def change(document: object) -> None:
        from docx.oxml import parse_xml

        names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        changed = f"<w:p {names}><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del><w:ins><w:r><w:t>Put in.</w:t></w:r></w:ins></w:p>"
        document.element.body.insert(0, parse_xml(changed))  # type: ignore[attr-defined]

    story = read(tmp_path, "plan.docx", word(change))
    assert story.text.split("\n") == [
        "Put in.",
        "Depot plan splits council",
        ROOF,
        "“We will mend it,” said Fay Lund.",
        "North | 12",
    ]
    assert story.author == "Nell Farrow"


def test_a_word_document_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    with pytest.raises(StoryUnreadable, match="unpacks to more than"):
        read(tmp_path, "bomb.docx", out.getvalue())


def letter(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Fwd: Depot plan: “no”, says Łukasz"
    message["From"] = "Orley Council Press <press@orley.example>"
    message["Date"] = "Tue, 14 May 2024 23:30:00 -0400"
    message.set_content(
        parts.get(
            "plain",
            "The council met on Tuesday night to decide the future of the depot, which has\nstood empty since 2009.\n\n“We have listened,” said Fay Lund.\n",
        )
    )
    if "page" in parts:
        message.add_alternative(parts["page"], subtype="html")
    return message


def test_a_letter_gives_its_words_subject_sender_and_day(tmp_path: Path) -> None:
    story = read(tmp_path, "press.eml", letter().as_bytes())
    assert story.text.split("\n") == [
        "The council met on Tuesday night to decide the future of the depot, which has stood empty since 2009.",
        "“We have listened,” said Fay Lund.",
    ]
    assert (story.title, story.source, story.date) == (
        "Depot plan: “no”, says Łukasz",
        "Orley Council Press",
        date(2024, 5, 14),
    )


def test_a_newsletter_is_read_like_a_page(tmp_path: Path) -> None:
    body = "".join(
        f"<tr><td><p>{line}</p></td></tr>"
        for line in (ROOF, "“We will mend it,” said council leader Fay Lund on Tuesday night.")
    )
    page = f"<html><body><table>{body}<tr><td><a href='#'>Unsubscribe</a></td></tr></table></body></html>"
    story = read(tmp_path, "news.eml", letter(plain="View this in your browser.", page=page).as_bytes())
    assert ROOF in story.text
    assert "Unsubscribe" not in story.text


def test_what_is_attached_to_a_letter_is_left_alone(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment("Attached words.", filename="a.txt")
    assert "Attached" not in read(tmp_path, "with.eml", message.as_bytes()).text


def test_a_mailbox_gives_a_story_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    letters = [
        letter(plain=f"The council met on day {day} of the week.\n\n>From there they went home.\n") for day in (1, 2)
    ]
    path.write_bytes(
        b"".join(b"From press@orley.example Tue May 14 23:30:00 2024\n" + each.as_bytes() + b"\n" for each in letters)
    )
    found = list(read_source(str(path)))
    assert [story.text.split("\n")[0] for story in found] == [
        "The council met on day 1 of the week.",
        "The council met on day 2 of the week.",
    ]
    assert len({story.id for story in found}) == 2


WEBVTT = """WEBVTT - A meeting

NOTE made by hand

1
00:00:01.000 --> 00:00:03.000
<v Fay Lund>We have listened to

2
00:00:03.000 --> 00:00:05.000
<v.loud Fay Lund>the people of Orley.</v>

00:00:05.000 --> 00:00:07.000
<v Ian Pope>Rubbish &amp; worse.
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
MAYOR LUND: We will not
sell it.

2
00:00:03,500 --> 00:00:05,000
>> REPORTER: Why?

3
00:00:05,000 --> 00:00:06,000
MAYOR LUND: <i>Because it is ours.</i>
"""
ROLLING = """WEBVTT

00:00:01.000 --> 00:00:03.000
We will not

00:00:03.000 --> 00:00:05.000
We will not
sell the<00:00:04.000><c> depot.</c>
"""


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("a.vtt", WEBVTT, ["Fay Lund: We have listened to the people of Orley.", "Ian Pope: Rubbish & worse."]),
        ("a.srt", SRT, ["MAYOR LUND: We will not sell it.", "REPORTER: Why?", "MAYOR LUND: Because it is ours."]),
        ("b.vtt", ROLLING, ["We will not sell the depot."]),
    ],
)
def test_captions_are_a_transcript_of_turns(tmp_path: Path, name: str, content: str, lines: list[str]) -> None:
    assert read(tmp_path, name, content.encode()).text.split("\n") == lines


def test_a_folder_gives_its_files_too(tmp_path: Path) -> None:
    for name, content in {
        "a.vtt": WEBVTT.encode(),
        "b.docx": word(),
        "c.eml": letter().as_bytes(),
        "d.pdf": pdf([column([ROOF], 20, 700, 8)]),
    }.items():
        (tmp_path / name).write_bytes(content)
    assert len(list(read_source(str(tmp_path)))) == 4


def test_files_of_one_name_and_other_kinds_are_stories_of_their_own(tmp_path: Path) -> None:
    for name, content in {
        "depot.pdf": pdf([column([ROOF], 20, 700, 8)]),
        "depot.docx": word(),
        "depot.eml": letter().as_bytes(),
        "depot.vtt": WEBVTT.encode(),
        "depot.txt": b"The depot leaks.",
    }.items():
        (tmp_path / name).write_bytes(content)
    library = Library.open("nowhere", embedder=FakeEmbedder(), attributor=FakeAttributor(), disk=FakeDisk())
    stories = list(read_source(str(tmp_path)))
    identities = library.identities()
    library.add(identities.of(story) for story in stories)
    assert {story.text for story in library.stories} == {story.text for story in stories}
    assert len(stories) == 5


def test_a_file_is_known_by_what_it_begins_with() -> None:
    assert kind_of(pdf([[]]), "press.txt") == "pdf"
    assert kind_of(b"WEBVTT\n\n") == "captions"
    assert kind_of(b"Just words.", "press.eml") == "eml"
    assert kind_of(b"Just words.", "a.txt") is None
    assert is_readable(b"Just words.")
    assert not is_readable(bytes(range(256)) * 40)
