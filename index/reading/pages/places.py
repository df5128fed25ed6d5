"""What an element says about what stands in it: story, heading, quotation, caption, or something beside the story."""

import re
from functools import lru_cache
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
    ARTICLE = 1 << 11
    LEAD = 1 << 12
    HIDDEN = 1 << 13
    TERM = 1 << 14
    CELL = 1 << 15


_OF_TAGS = {
    **dict.fromkeys(("nav", "footer", "menu", "dialog", "form"), Place.BESIDE),
    "aside": Place.BESIDE,
    **dict.fromkeys(("figure", "figcaption", "caption"), Place.CAPTION),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Place.HEADING),
    "h1": Place.HEADING | Place.TITLE,
    "li": Place.ITEM,
    "blockquote": Place.QUOTE,
    "article": Place.ARTICLE,
    "main": Place.ARTICLE,
    "dt": Place.TERM,
    "td": Place.CELL,
    "th": Place.CELL,
}
_ROLES = {
    **dict.fromkeys(
        ("navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alertdialog"), Place.BESIDE
    ),
    "heading": Place.HEADING,
}
_START, _END = r"(?:^|[\s_/-])", r"(?=$|[\s_/-]|\d)"
_BESIDE = re.compile(
    _START
    + r"(?:related\w*|recirc\w*|recommend\w*|read-?(?:more|next|on|also)|more-?(?:on|from|stories|news|links|info|like)"
    r"|see-?also|also-?(?:read|see)|promo\w*|newsletter\w*|sign-?up\w*|subscri\w+|social\w*|shar(?:e|es|ing|ers?)\w*"
    r"|addthis\w*|addtoany\w*|sharedaddy|jp-relatedposts|outbrain\w*|taboola\w*|zergnet|revcontent|dianomi|ob-widget\w*"
    r"|advert\w*|ads?|ad-?(?:slot|unit|wrapper|container|block|box|label|break)\w*|dfp\w*|sponsor\w*|partner-?content"
    r"|comments?|commentlist|comment-?\w+|disqus\w*|livefyre\w*|fb-comments|reader-?comments|respond|replies"
    r"|breadcrumbs?|nav\w*|menus?|submenu|footers?|sidebar\w*|side-?(?:bar|rail|col|column)|(?:left"
    r"|right)-?(?:rail|col|column)"
    r"|rail|cookie\w*|consent\w*|gdpr\w*|modal\w*|pop-?up\w*|popover\w*|tooltip\w*|overlay|lightbox\w*"
    r"|tags?|tag-?(?:list|cloud|links|s)|tagged|topics?|topic-?(?:list|tags|links)|trending\w*|popular\w*"
    r"|most-?\w+|latest-?\w*|top-?stories"
    r"|(?:about-?)?author-?(?:bio|info|box|card|profile|block|about|description|details)\w*"
    r"|about-?(?:the-?)?author\w*|bio|bios|biography|contributor-?bio"
    r"|copyright\w*|legal|disclaimer|toolbar\w*|tools|article-?tools|print-?only|skip-?\w+|pagination|pager|paging"
    r"|carousel\w*|slider\w*|teasers?|widget-?area|site-?(?:header|footer|nav)\w*|masthead|donat\w+|support-?us"
    r"|membership\w*|paywall\w*|regwall\w*"
    r"|app-?(?:promo|banner|download)|follow-?\w*|cta|call-?to-?action|print-?headline|next-?(?:article|story"
    r"|post)\w*|prev-?(?:article|story|post)\w*"
    r"|post-?(?:nav|navigation|footer|tags)|inline-?(?:promo|related|newsletter)|story-?(?:links|tools|footer)"
    r"|entry-?(?:footer|utility)|hatom-extra"
    r"|reactions?|rating\w*|poll|quiz|weather\w*|stock-?\w*|ticker|video-?(?:list|playlist|carousel)|playlist"
    r"|player|jwplayer|vjs\w*|audio\w*|key-?(?:points?|takeaways|facts)\w*)" + _END,
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    _START + r"(?:visually-?hidden|visuallyhidden|sr-?only|screen-?reader\w*|hidden-?(?:text|accessible)|assistive-text"
    r"|off-?screen|a11y\w*|accessibility\w*|noprint)" + _END,
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CAPTION = re.compile(
    _START + r"(?:wp-)?(?:\w*caption\w*|photo-?(?:credit|info|text|by)?|image-?(?:credit|info|text|source)|credits?"
    r"|credit-?\w+|media-?(?:info|credit|title)|gallery\w*|slideshow\w*|cutline|image|img|photos?|picture|illustration)"
    + _END,
    re.IGNORECASE,
)
_BYLINE = re.compile(
    _START + r"(?:by-?lines?|author(?:s|-?name|-?names|ship)?|dateline|date-?(?:time|stamp|published)|date|datetime"
    r"|time-?stamp|pub(?:lish(?:ed)?)?-?(?:date|time|info)?|post-?(?:meta|date|info)|entry-?(?:meta|date)"
    r"|article-?(?:meta|date|info|timestamp)|meta|metadata|updated|last-?(?:updated|modified)|kicker|eyebrow"
    r"|section-?(?:name|label)|category)" + _END,
    re.IGNORECASE,
)
_AUTHOR = re.compile(_START + r"(?:by-?lines?|authors?(?:-?names?)?|contributors?|writers?)" + _END, re.IGNORECASE)
_PULLED = re.compile(_START + r"(?:pull-?quotes?|pullquote\w*|pulled-?quote|quote-?pull)" + _END, re.IGNORECASE)
_BODY = re.compile(
    r"(?:article|story|post|entry|news|page|blog|main|content|single|text)[\s_-]*_*-?(?:body|content|text|copy|main)"
    r"|\bbody-?(?:copy|text|content)|articlebody|storytext|rich-?text|\bprose\b|paywall-?(?:content|article)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    _START + r"(?:article|story|post|entry|content|page)?[\s_-]*(?:lead|lede|lead-?text|standfirst|summary"
    r"|intro(?:duction)?|deck|dek|sub-?(?:title|head|heading|headline)|excerpt|abstract|teaser-?text|strapline|stand-first)"
    + _END,
    re.IGNORECASE,
)
_MOST_HINTS = 400


def place_of(element: "HtmlElement") -> int:
    """What an element says by its tag, role, class and id; what is around it is not asked."""
    tag = element.tag
    place = _OF_TAGS.get(tag, 0) | _ROLES.get(element.get("role", ""), 0)
    if "hidden" in element.attrib or _UNSEEN.search(element.get("style", "")[:_MOST_HINTS]):
        place |= Place.HIDDEN
    if "articleBody" in element.get("itemprop", "") or "reviewBody" in element.get("itemprop", ""):
        place |= Place.BODY
    hints = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-component', '')}"[:_MOST_HINTS]
    return place if len(hints) < 3 or tag in ("html", "body") else place | _hinted(hints)


@lru_cache(maxsize=4_096)
def _hinted(hints: str) -> int:
    """What the names say that an element was given."""
    hints = _CAMEL.sub(r"\1-\2", hints)
    place = Place.BODY if _BODY.search(hints) else 0
    for sign, meant in _SIGNS:
        if sign.search(hints):
            place |= meant
    return place


_CAMEL = re.compile(r"([a-z])([A-Z])")
_SIGNS = (
    (_BESIDE, Place.BESIDE),
    (_HIDDEN, Place.HIDDEN),
    (_CAPTION, Place.CAPTION),
    (_BYLINE, Place.BYLINE),
    (_AUTHOR, Place.BYLINE | Place.AUTHOR),
    (_PULLED, Place.PULLED),
    (_LEAD, Place.LEAD),
)
