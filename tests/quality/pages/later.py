"""Templates written after reading was done, of kinds that none of the others has: looked at once, then mended for."""

from html import escape

from tests.quality.pages.made import Made, Shape, Template
from tests.quality.pages.parts import canonical, document, footer, menu, news, opengraph, others, paragraphs, script


def fast_page(story: Made) -> Shape:
    """A page for phones: its own elements for pictures, shares and other stories; the story's data in a graph."""
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": story.outlet}, news(story)]}
    body = f"""<amp-sidebar id="s"><ul><li><a href="/n">News</a></li></ul></amp-sidebar><header><a href="/">{story.outlet}</a></header><article><h1>{story.title}</h1><div class="meta"><span>{story.author}</span> <span>{story.at:%d/%m/%Y}</span></div>
<amp-img src="1.jpg" width="9" height="6" alt="Rain on a road"></amp-img><small>Rain on a road. Photo: J. Doe</small><amp-social-share type="email"></amp-social-share>
{paragraphs(story.paragraphs[:2])}<amp-ad type="doubleclick"><div placeholder>Advertisement</div></amp-ad>{paragraphs(story.paragraphs[2:])}<amp-embed type="taboola"><p>Doctors beg people over 50 to stop eating this fruit</p></amp-embed></article>{footer(story)}"""
    head = f"<title>{story.title} - {story.section} - {story.outlet}</title>{canonical(story)}{script(graph)}"
    return Shape(document(head, body), story.paragraphs)


def letter_by_post(story: Made) -> Shape:
    """A letter that people subscribe to: a subtitle, forms in the text, likes, a footnote's mark, thanks behind."""
    form = '<div class="subscription-widget-wrap"><p class="cta-caption">Thanks for reading! Subscribe for free to receive new posts and support my work.</p><form><input type="email"><button>Subscribe</button></form></div>'
    body = f"""<div class="main-menu"><h1><a href="/">{story.outlet}</a></h1><a>Subscribe</a><a>Sign in</a></div><div class="single-post"><article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title">{story.title}</h1><h3 class="subtitle">{story.lead}</h3>
<div class="byline-wrapper"><a href="/@w">{story.author}</a><div>{story.at:%b %d, %Y}</div></div><div class="post-ufi"><a>12</a><a>3</a><a>Share</a></div></div>
<div class="available-content"><div class="body markup">{paragraphs(story.paragraphs[:3])}{form}{paragraphs(story.paragraphs[3:])}</div></div><div class="post-footer"><a>12 Likes</a> ∙ <a>1 Restack</a></div></article><div class="comments-page"><h4>Discussion about this post</h4><p>No posts</p></div></div><p>Start your own letter with us today.</p>"""
    head = f"<title>{story.title} - by {story.author}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), (story.lead, *story.paragraphs))


def people_with_cards(story: Made) -> Shape:
    """A paper of politics: each name has a card beside its link that says it again, and runs into the next word."""
    first, *rest = story.paragraphs
    name = " ".join(first.split()[:2])
    card = f'<span class="person-popover"><a href="/p">{name}</a><span class="person-popover__wrapper"><a href="/p">{name}</a><a href="/x">Ten soups for a cold week</a></span></span>'
    linked = f"<p>{card}{escape(first.removeprefix(name), quote=False)}</p>"
    body = f"""{menu()}<section class="page-content"><article><header class="article-header"><h1>{story.title}</h1><section class="submitted-by header__meta">by {story.author} - {story.at:%m/%d/%y} {story.at:%I:%M %p} ET</section></header><section class="share-bar"><a>Share</a><a>Tweet</a></section>
<div class="article__text">{linked}{paragraphs(rest)}<p><em>Copyright 2026 {story.outlet}. All rights reserved. This material may not be published, broadcast, rewritten, or redistributed.</em></p></div><div class="tags-list">Tags <a href="/t">courts</a> <a href="/t">water</a></div></article>{others("aside", "most-popular", "Most Popular")}</section>{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


def hosted_wire(story: Made) -> Shape:
    """A wire's story on a site that hosts others': it calls itself “Hosted”, and its server names another encoding."""
    body = f"""<div class="hd"><a href="/">Hosted</a></div><div id="wrap"><div class="col"><h1>{story.title}</h1><p class="by">By {story.author.upper()}, {story.outlet} Writer</p><p class="dt">{story.at:%B} {story.at.day}, {story.at.year}</p><div id="body">{paragraphs(story.paragraphs)}<p>___</p><p>Follow {story.author} on social media.</p></div></div><div class="rt">{others()}</div></div><p>© 2024 {story.outlet}</p>"""
    head = f'<meta charset="utf-8"><title>{story.title}</title><meta property="og:site_name" content="Hosted"><meta name="author" content="{story.author.upper()}">{canonical(story)}{script(news(story))}'
    return Shape(document(head, body), story.paragraphs, encoding="cp1252")


def page_of_tables(story: Made) -> Shape:
    """A paper of 2003: all in tables and fonts, breaks for paragraphs, the headline again in bold above the text."""
    broken = "<br><br>\n".join(escape(text, quote=False) for text in story.paragraphs)
    body = f"""<table width="760"><tr><td width="140" bgcolor="#ddd"><font size="1"><a href="/n">News</a><br><a href="/s">Sports</a><br><a href="/c">Classifieds</a></font></td><td valign="top"><font size="5"><b>{story.title}</b></font><br><font size="2">By {story.author}, STAFF WRITER<br>{story.at:%A, %B} {story.at.day}, {story.at.year}</font><hr>
<font size="3"><b>{story.title}</b><br><br>{broken}</font><br><br><font size="1"><a href="/p">Printer-friendly version</a> | <a href="/e">E-mail this story to a friend</a></font></td><td width="160"><font size="1"><b>Also today</b><br><a href="/1">Cat stuck in tree for third time</a><br><a href="/2">Ten soups for a cold week</a></font></td></tr></table><center><font size="1">© 2003 {story.outlet}</font></center>"""
    head = f"<title>{story.outlet}: {story.title}</title>"
    return Shape(document(head, body), story.paragraphs, placed=False)


def paper_of_parts(story: Made) -> Shape:
    """A paper whose page is made of parts: the text in boxes of its own words, a list of key points, a table of who voted."""
    boxes = "".join(
        f'<div class="Component-root" data-key="card-{at}"><p>{escape(text, quote=False)}</p></div>'
        for at, text in enumerate(story.paragraphs)
    )
    body = f"""{menu()}<div class="Page-content"><div class="Page-lead"><h1 class="Page-headline">{story.title}</h1><div class="Page-byline"><div class="Page-authors">By&nbsp;<span class="Link">{story.author.upper()}</span></div><div class="Page-dateModified">Updated 10:00 AM UTC, December 1, 2025</div><div class="Page-datePublished"><bsp-timestamp data-timestamp="{int(story.at.timestamp() * 1000)}"></bsp-timestamp></div></div></div>
<div class="RichTextStoryBody RichTextBody">{boxes}<div class="HtmlModuleEnhancement"><p>Sign up for our morning email: the ten things to know today.</p></div></div><div class="Page-below"><div class="Authors-bio"><p>{story.author} covers the county and has done so since 2011.</p></div></div>{others("div", "PageListStandardD", "Most read")}</div>{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story, author=[{'@type': 'Person', 'name': story.author.upper()}]))}"
    return Shape(document(head, body), story.paragraphs)


LATER: tuple[Template, ...] = (
    fast_page,
    letter_by_post,
    people_with_cards,
    hosted_wire,
    page_of_tables,
    paper_of_parts,
)
