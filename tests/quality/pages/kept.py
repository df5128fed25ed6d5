"""Templates that reading was not built on: they were looked at once, when it was done."""

from html import escape

from tests.quality.pages.made import Made, Shape, Template
from tests.quality.pages.parts import (
    canonical,
    comments,
    document,
    footer,
    menu,
    news,
    opengraph,
    others,
    paragraphs,
    script,
)


def science_portal(story: Made) -> Shape:
    """A portal of science news: more information, who provided it, a citation and a pointer behind the text."""
    body = f"""{menu()}<main class="content"><article class="news-article"><div class="article__info"><p>{story.at:%B} {story.at.day}, {story.at.year}</p></div><h1>{story.title}</h1>
<p class="article-byline">by {story.author}, <a href="/p">{story.outlet}</a></p><figure class="article-img"><img src="1.jpg"><figcaption>A bee on a flower. Credit: Aldmouth University</figcaption></figure>
<div class="article-main">{paragraphs(story.paragraphs)}<div class="article-main__explore"><div><p>Explore further</p><a href="/x">Ten soups for a cold week</a></div></div>
<div class="article-main__more"><strong>More information:</strong> M. Tanaka et al, Memory for bitter colours, <i>Insects</i> (2022).</div><p class="article-main__note">Provided by <a href="/u">University of Aldmouth</a></p></div></article>{others("div", "sidebar-mb", "Relevant posts")}</main>{footer(story)}"""
    head = f"<title>{story.title}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


def city_tabloid(story: Made) -> Shape:
    """A city's tabloid: a lead as the first of single boxes, its wires' credit behind."""
    body = f"""{menu()}<article class="single"><header class="single__header"><h1 class="headline headline--single">{story.title}</h1><div class="byline byline--single"><span class="byline__author">By <a href="/a">{story.author}</a></span></div>
<div class="date meta meta--byline"><span>Published {story.at:%b. %d, %Y}</span><span>Updated Dec. 1, 2025, 10:00 a.m. ET</span></div></header>
<div class="single__content entry-content m-bottom">{paragraphs(story.paragraphs[:3])}<div class="inline-module"><h4 class="inline-module__heading">See Also</h4><a href="/x"><img><div class="inline-module__title">Ten soups for a cold week</div></a></div>{paragraphs(story.paragraphs[3:])}<p><em>With Post wires</em></p></div>
<div class="single__footer"><div class="tag-list">Filed under <a href="/t">courts</a></div></div></article>{others("section", "recirc", "Now on the front page")}{footer(story)}"""
    head = f"<title>{story.title}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


def drop_caps(story: Made) -> Shape:
    """A magazine: a large first letter, sections parted by stars, an author's note in italics behind."""
    first = f'<p class="has-dropcap"><span class="dropcap">{story.paragraphs[0][0]}</span>{story.paragraphs[0][1:]}</p>'
    body = f"""<div class="masthead"><a href="/">{story.outlet}</a></div><main><header class="ArticleHeader"><div class="rubric"><a href="/c">{story.section}</a></div><h1>{story.title}</h1><div class="dek">{story.lead}</div><p class="BylineName">By <a href="/c">{story.author}</a></p><time>{story.at:%B} {story.at.day}, {story.at.year}</time></header>
<div class="ArticlePageChunks"><div class="body__inner">{first}{paragraphs(story.paragraphs[1:4])}<p>* * *</p>{paragraphs(story.paragraphs[4:])}</div></div><div class="article-footer"><p>{story.author} is a staff writer and the author of three books about bridges, the last of which was a finalist for a prize.</p><div class="newsletter-subscribe">Get our daily note in your inbox.</div></div></main>{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), (story.lead, *story.paragraphs))


def weblog_host(story: Made) -> Shape:
    """A host of weblogs of 2010: breaks part the paragraphs, the day stands above, labels and links behind."""
    body = f"""<div id="header"><h1 class="title"><a href="/">{story.outlet}</a></h1></div><div id="main"><div class="blog-posts hfeed"><h2 class="date-header">{story.at:%A, %B} {story.at.day}, {story.at.year}</h2>
<div class="post hentry"><h3 class="post-title entry-title">{story.title}</h3><div class="post-body entry-content">{"<br /><br />".join(escape(text, quote=False) for text in story.paragraphs)}<div style="clear: both;"></div></div>
<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">{story.author}</span></span> at <a href="#"><abbr title="x">9:00 AM</abbr></a> <span class="post-labels">Labels: <a href="/l">town</a></span></div></div></div><div id="comments"><h4>1 comment:</h4><dl><dt>Anonymous said...</dt><dd><p>I could not agree less with any of this, and I have said so before.</p></dd></dl></div></div>
<div id="sidebar"><div class="widget"><h2>Blog Archive</h2><ul><li><a href="/1">January 2009 (12)</a></li></ul></div></div>"""
    return Shape(document(f"<title>{story.outlet}: {story.title}</title>{canonical(story)}", body), story.paragraphs)


def newspaper_of_2012(story: Made) -> Shape:
    """A paper of 2012: its words in meta elements of its own, tools beside the text, two captions, a line of copyright."""
    metas = f'<meta name="hdl" content="{story.title}"><meta name="byl" content="By {story.author.upper()}"><meta name="pdate" content="{story.at:%Y%m%d}"><meta name="dat" content="{story.at:%B} {story.at.day}, {story.at.year}"><meta name="cre" content="{story.outlet}">'
    body = f"""<div id="shell">{menu()}<div id="main"><div class="aColumn"><div id="article"><h1 itemprop="headline" class="articleHeadline">{story.title}</h1><h6 class="byline">By {story.author.upper()}</h6><h6 class="dateline">Published: {story.at:%B} {story.at.day}, {story.at.year}</h6>
<div class="articleTools"><ul><li><a href="#">Facebook</a></li><li><a href="#">Print</a></li><li><a href="#">Reprints</a></li></ul></div><div class="articleSpanImage"><h6 class="credit">J. Doe for {story.outlet}</h6><p class="caption">People came in numbers that the hall could not hold, and stood outside.</p></div>
<div class="articleBody">{paragraphs(story.paragraphs[:2], ' itemprop="articleBody"')}</div><div class="articleInline runaroundLeft"><h6 class="sectionHeader">Related</h6><ul><li><a href="/x">Cat stuck in tree for third time (January 1, 2011)</a></li></ul></div><div class="articleBody">{paragraphs(story.paragraphs[2:], ' itemprop="articleBody"')}<div class="articleCorrection"></div></div>
<div class="bottom"><p>A version of this article appeared in print on {story.at:%B} {story.at.day}, {story.at.year}, on page A12 of the edition.</p></div></div></div></div></div>{footer(story)}"""
    return Shape(
        document(f"<title>{story.title} - {story.outlet}</title>{canonical(story)}{metas}", body), story.paragraphs
    )


def public_radio(story: Made) -> Shape:
    """Public radio: a player and a transcript's link above, pictures with long captions, a copyright line."""
    body = f"""{menu()}<main id="main-section"><article class="story"><div class="storytitle"><h1>{story.title}</h1></div><div id="story-meta"><div class="dateblock"><time datetime="{story.at.isoformat()}"><span class="date">{story.at:%B} {story.at.day}, {story.at.year}</span><span class="time">{story.at:%I:%M %p} ET</span></time></div></div>
<div class="byline-container"><div class="byline byline--block"><p class="byline__name">{story.author}</p></div></div><div class="audio-module"><h4>3-Minute Listen</h4><ul><li><a href="/t">Transcript</a></li></ul></div>
<div id="storytext" class="storytext storylocation linkLocation"><div class="bucketwrap image large"><div class="credit-caption"><div class="caption"><p>A crowd waits in the rain for the doors to open, as it has done every week since the spring. <b class="credit">J. Doe/Here</b></p></div><span class="credit">J. Doe/Here</span></div></div>
{paragraphs(story.paragraphs)}</div></article></main><aside>{others()}</aside>{footer(story)}"""
    head = f"<title>{story.title} : {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


def briefing(story: Made) -> Shape:
    """A site of briefs: bold words before each point, lists, “Go deeper”."""
    points = "".join(f"<li>{text}</li>" for text in story.paragraphs[3:])
    body = f"""{menu()}<main><article><h1 data-cy="story-headline">{story.title}</h1><div class="byline"><a data-vars-event-name="author" href="/a">{story.author}</a></div><time>{story.at:%b %d, %Y}</time><div data-cy="story-body" class="DraftjsBlocks_draftjs">
<p>{story.paragraphs[0]}</p><p><b>Why it matters:</b> {story.paragraphs[1]}</p><p><b>Zoom in:</b> {story.paragraphs[2]}</p><ul>{points}</ul><p><b>Go deeper:</b> <a href="/x">Ten soups for a cold week</a></p></div></article></main>{others("div", "more-stories", "More from here")}{footer(story)}"""
    text = (
        story.paragraphs[0],
        f"Why it matters: {story.paragraphs[1]}",
        f"Zoom in: {story.paragraphs[2]}",
        *story.paragraphs[3:],
    )
    head = f"<title>{story.title}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), text)


def ministry(story: Made) -> Shape:
    """A public body's page of a statement: data of Dublin Core, contents beside the text, “Share this page”."""
    metas = f'<meta name="DC.date.modified" content="2025-12-01"><meta name="dcterms.issued" content="{story.at:%Y-%m-%d}"><meta name="dcterms.creator" content="{story.outlet}">'
    body = f"""<header role="banner">{menu()}</header><main id="content"><h1>{story.title}</h1><dl class="metadata"><dt>Published</dt><dd>{story.at.day} {story.at:%B %Y}</dd><dt>Last updated</dt><dd>1 December 2025</dd></dl><p class="lead-paragraph">{story.lead}</p>
<div class="govspeak">{paragraphs(story.paragraphs)}</div><div class="share-links"><h2>Share this page</h2><ul><li><a href="#">Share on Facebook</a></li></ul></div><div class="feedback"><h2>Is this page useful?</h2><p>Help us improve this page by telling us what you were doing when you found it.</p></div></main>{footer(story)}"""
    head = f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{metas}"
    return Shape(document(head, body), (story.lead, *story.paragraphs), signed=False)


def members_only(story: Made) -> Shape:
    """A paper whose wall stands in the text, with a countdown of free stories; the rest is not sent."""
    body = f"""{menu()}<article><h1>{story.title}</h1><p class="author">By {story.author}</p><time class="published" datetime="{story.at.isoformat()}">{story.at:%d %B %Y}</time><div class="story-text">{paragraphs(story.paragraphs[:1])}
<p>{" ".join(story.paragraphs[1].split()[:8])}…</p></div><div class="gate"><p>You have reached your limit of free articles.</p><p>To keep reading, subscribe or log in to your account.</p><ul><li>Unlimited access</li><li>Cancel any time</li></ul></div></article>{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story, wordCount=640))}"
    return Shape(document(head, body), (story.paragraphs[0], " ".join(story.paragraphs[1].split()[:8]) + "…"), cut=True)


def first_of_pages(story: Made) -> Shape:
    """The first of a story's two pages."""
    body = f"""{menu()}<div id="story"><h1>{story.title}</h1><p class="byline">{story.author}, {story.outlet}</p><p class="pubdate">{story.at:%B} {story.at.day}, {story.at.year}</p><div class="storybody">{paragraphs(story.paragraphs[:3])}<p>{" ".join(story.paragraphs[3].split()[:10])}</p></div><div class="pagination"><b>1</b> <a href="?page=2">2</a> <a href="?page=2">Next page</a></div></div>{footer(story)}"""
    head = f"<title>{story.title} - {story.outlet}</title>{canonical(story)}"
    return Shape(document(head, body), (*story.paragraphs[:3], " ".join(story.paragraphs[3].split()[:10])), cut=True)


def sports_site(story: Made) -> Shape:
    """A sports site: a line of share buttons, a box of the match, who writes, readers' comments."""
    box = "<table class='boxscore'><tr><td>Rovers</td><td>1</td></tr><tr><td>United</td><td>0</td></tr></table>"
    body = f"""{menu()}<section id="article-feed"><article class="article"><div class="container"><header class="article-header"><h1>{story.title}</h1></header><div class="article-body"><div class="article-social"><ul class="article-social-list"><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li></ul></div>
<div class="article-meta"><ul class="authors"><li><div class="author has-bio">{story.author}<span>{story.outlet}</span><div class="author-bio"><ul><li>Has followed the club since 1994 and written about it since 2003 for this site.</li></ul></div></div></li></ul><span class="timestamp">{story.at:%b %d, %Y, %I:%M %p} ET</span></div>
{paragraphs(story.paragraphs)}<aside class="inline inline-table">{box}</aside></div></div></article></section>{comments()}{footer(story)}"""
    head = f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


KEPT: tuple[Template, ...] = (
    science_portal, city_tabloid, drop_caps, weblog_host, newspaper_of_2012, public_radio, briefing, ministry,
    members_only, first_of_pages, sports_site,
)  # fmt: skip
