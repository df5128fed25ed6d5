"""What an element says about what stands in it: story, heading, quotation, caption, or something beside the story."""

import re
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Place:
    """What surrounds a block, a bit each; plain figures, since a page has thousands of elements."""

    BESIDE = 1 << 0
    """Menus, related stories, readers' comments, invitations: no part of the story."""
    CAPTION = 1 << 1
    BYLINE = 1 << 2
    """Day, section, author: about the story, no part of it."""
    AUTHOR = 1 << 3
    HEADING = 1 << 4
    TITLE = 1 << 5
    ITEM = 1 << 6
    QUOTE = 1 << 7
    POST = 1 << 8
    PULLED = 1 << 9
    BODY = 1 << 10
    LEAD = 1 << 11
    HIDDEN = 1 << 12
    CELL = 1 << 13


_OF_TAGS = {
    **dict.fromkeys(("nav", "footer", "menu", "dialog", "form"), Place.BESIDE),
    "aside": Place.BESIDE,
    **dict.fromkeys(("figure", "figcaption", "caption"), Place.CAPTION),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Place.HEADING),
    "h1": Place.HEADING | Place.TITLE,
    "li": Place.ITEM,
    "blockquote": Place.QUOTE,
    "td": Place.CELL,
    "th": Place.CELL,
}
_ROLES = {
    **dict.fromkeys(
        ("navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alertdialog"), Place.BESIDE
    ),
    "heading": Place.HEADING,
}
_SEPARATORS = str.maketrans("_/", "--")
_BESIDE = (
    "related* recirc* recommend* readmore readnext readon readalso moreon morefrom morestories morenews morelinks"
    " moreinfo morelike seealso alsoread alsosee promo* newsletter* signup* subscri* social* share* sharing* sharer*"
    " addthis* addtoany* sharedaddy jprelatedposts outbrain* taboola* zergnet revcontent dianomi obwidget* advert* ad"
    " ads adslot* adunit* adwrapper* adcontainer* adblock* adbox* adlabel* adbreak* dfp* sponsor* partnercontent"
    " comment comments commentlist disqus* livefyre* fbcomments readercomments respond replies breadcrumb breadcrumbs"
    " nav* menu* submenu footer footers sidebar* siderail sidecol sidecolumn leftrail leftcol leftcolumn rightrail"
    " rightcol rightcolumn rail cookie* consent* gdpr* modal* popup* popover* tooltip* overlay lightbox* tag tags"
    " taglist tagcloud taglinks tagged topic topics topiclist topictags topiclinks trending* popular* most* latest*"
    " topstories authorbio* authorinfo* authorbox* authorcard* authorprofile* authorblock* authorabout*"
    " authordescription* authordetails* aboutauthor* abouttheauthor* bio bios biography contributorbio copyright*"
    " legal disclaimer toolbar* tools articletools printonly skip* pagination pager paging carousel* slider* teaser"
    " teasers widgetarea siteheader* sitefooter* sitenav* masthead donat* supportus membership* paywall* regwall*"
    " apppromo appbanner appdownload follow* cta calltoaction printheadline nextarticle* nextstory* nextpost*"
    " prevarticle* prevstory* prevpost* postnav postnavigation postfooter posttags inlinepromo inlinerelated"
    " inlinenewsletter storylinks storytools storyfooter entryfooter entryutility hatomextra reaction reactions"
    " rating* poll quiz weather* stock* ticker videolist videoplaylist videocarousel playlist player jwplayer vjs*"
    " audio* keypoint* keytakeaways* keyfacts*"
)
_HIDDEN = (
    "visuallyhidden sronly screenreader* hiddentext hiddenaccessible assistivetext offscreen a11y* accessibility*"
    " noprint"
)
_CAPTION = (
    "caption* photo photocredit photoinfo phototext photoby imagecredit imageinfo imagetext imagesource credit*"
    " mediainfo mediacredit mediatitle gallery* slideshow* cutline image img photos picture illustration"
)
_BYLINE = (
    "byline bylines author authors authorname authornames authorship dateline datetime datestamp datepublished date"
    " timestamp pub publish published pubdate pubtime pubinfo publishdate publishtime publishinfo publisheddate"
    " publishedtime publishedinfo postmeta postdate postinfo entrymeta entrydate articlemeta articledate articleinfo"
    " articletimestamp meta metadata updated lastupdated lastmodified kicker eyebrow sectionname sectionlabel category"
)
_AUTHOR = (
    "byline bylines author authors authorname authornames authorsname authorsnames contributor contributors writer"
    " writers"
)
_PULLED = "pullquote* pulledquote quotepull quotespull"
_LEADS = (
    "lead lede leadtext standfirst summary intro introduction deck dek subtitle subhead subheading subheadline excerpt"
    " abstract teasertext strapline"
)
_LED = ("", "article", "story", "post", "entry", "content", "page")
_LEAD = " ".join(led + lead for led in _LED for lead in _LEADS.split())
_BODY = re.compile(
    r"(?:article|story|post|entry|news|page|blog|main|content|single|text)[\s_-]*_*-?(?:body|content|text|copy|main)"
    r"|\bbody-?(?:copy|text|content)|articlebody|storytext|rich-?text|\bprose\b|paywall-?(?:content|article)",
    re.IGNORECASE,
)
_MEANT = (
    (_BESIDE, Place.BESIDE),
    (_HIDDEN, Place.HIDDEN),
    (_CAPTION, Place.CAPTION),
    (_BYLINE, Place.BYLINE),
    (_AUTHOR, Place.BYLINE | Place.AUTHOR),
    (_PULLED, Place.PULLED),
    (_LEAD, Place.LEAD),
)
"""Names that elements are given, without their hyphens, and what they say; those with a star are how some begin."""
_BEGINNINGS = tuple(
    (tuple(name[:-1] for name in names.split() if name.endswith("*")), place) for names, place in _MEANT if "*" in names
)


def _named_places() -> dict[str, int]:
    found: dict[str, int] = {}
    for names, place in _MEANT:
        for name in names.split():
            found[name] = found.get(name, 0) | place
    return found


_NAMED = _named_places()
_MOST_HINTS = 400


def place_of(element: "HtmlElement", known: dict[str, int]) -> int:
    """What an element says by its tag, role, class and id; what is around it is not asked.

    `known` keeps what names say for the others of its page that have the same.
    """
    tag = element.tag
    place = _OF_TAGS.get(tag, 0) | _ROLES.get(element.get("role", ""), 0)
    if "hidden" in element.attrib or _is_unseen(element.get("style", "")[:_MOST_HINTS]):
        place |= Place.HIDDEN
    if "articleBody" in element.get("itemprop", "") or "reviewBody" in element.get("itemprop", ""):
        place |= Place.BODY
    hints = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-component', '')}"[:_MOST_HINTS]
    if len(hints) < 3 or tag in ("html", "body"):
        return place
    if hints not in known:
        known[hints] = hinted(hints)
    return place | known[hints]


def _is_unseen(style: str) -> bool:
    bare = "".join(style.casefold().split())
    return "display:none" in bare or "visibility:hidden" in bare


def hinted(hints: str) -> int:
    """What the names say that an element was given."""
    hints = re.sub(r"([a-z])([A-Z])", r"\1-\2", hints)
    place = Place.BODY if _BODY.search(hints) else 0
    for name in hints.casefold().translate(_SEPARATORS).split():
        pieces = [piece for piece in name.split("-") if piece]
        place |= Place.CAPTION if "caption" in name else 0
        for at in range(len(pieces)):
            for end in range(at + 1, min(at + 3, len(pieces)) + 1):
                place |= _named("".join(pieces[at:end]))
    return place


def _named(name: str) -> int:
    """What a name says, or the part of it before its figures."""
    place = _NAMED.get(name[: len(name) - len(name.lstrip(ascii_lowercase))], 0)
    for beginnings, meant in _BEGINNINGS:
        if name.startswith(beginnings):
            place |= meant
    return place
