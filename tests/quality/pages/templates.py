"""Templates in the manner of systems and outlets of 2010 to 2026, with their faults; those that reading was built on."""

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
    with_posts,
)


def weblog(story: Made) -> Shape:
    """A weblog system: a graph of objects, share buttons, related posts, the author's life, readers' comments."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": story.outlet},
            {"@type": "Person", "@id": "#who", "name": story.author},
            {
                "@type": "WebPage",
                "@id": story.url,
                "name": f"{story.title} - {story.outlet}",
                "datePublished": story.at.isoformat(),
            },
            news(story) | {"author": {"@id": "#who"}, "publisher": {"@id": "#site"}},
        ],
    }
    half = len(story.paragraphs) // 2
    body = f"""<header class="site-header"><a href="/">{story.outlet}</a>{menu()}</header><div class="content-area has-sidebar"><main>
<article class="post type-post"><header class="entry-header"><h1 class="entry-title">{story.title}</h1>
<div class="entry-meta"><span class="posted-on"><time datetime="{story.at.isoformat()}">{story.at:%B %d, %Y}</time></span>
<span class="byline">by <a rel="author" href="/author/x">{story.author}</a></span></div></header>
<div class="entry-content">{paragraphs(story.paragraphs[:half])}
<p>READ MORE: <a href="/x">Mayor’s dog wins again</a></p>
{paragraphs(story.paragraphs[half:])}
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Tweet</a></li><li><a href="#">Email</a></li></ul></div>
<div class="jp-relatedposts"><h3>Related</h3><p><a href="/1">Ten soups for a cold week</a></p></div></div>
<footer class="entry-footer">Posted in <a href="/c">{story.section}</a> Tagged <a href="/t">council</a></footer></article>
<div class="author-bio"><h3>About the author</h3><p>{story.author} has written for this paper since 2009 and lives with two dogs and a boat.</p></div>
{comments()}</main><aside class="sidebar widget-area"><h2>Popular</h2><ul><li><a href="/p">What to watch on Sunday</a></li></ul></aside></div>{footer(story)}"""
    return Shape(
        document(
            f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(graph)}", body
        ),
        story.paragraphs,
    )


def rich_text(story: Made) -> Shape:
    """A large agency's system: pictures with captions, a related story inside the text, credits behind it."""
    half = len(story.paragraphs) // 2
    body = f"""<div class="Page-header">{menu()}</div><main class="Page-main"><h1 class="Page-headline">{story.title}</h1>
<div class="Page-byline"><div class="Page-authors">By <a href="/a">{story.author.upper()}</a></div>
<div class="Page-datePublished">Updated 10:02 AM EST, December 1, 2025</div></div>
<figure class="Figure"><img src="1.jpg"><figcaption class="Figure-caption"><p>People stand outside on Tuesday and wait for news of what will happen next in the town. (Photo/J. Doe)</p></figcaption></figure>
<div class="RichTextStoryBody RichTextBody">{paragraphs(story.paragraphs[:half])}
<div class="Enhancement" data-align-center><div class="PageList"><h4>Related stories</h4><div class="PagePromo"><a href="/x">Ten soups for a cold week to warm the whole family</a></div></div></div>
<h2>What happens next</h2>
{paragraphs(story.paragraphs[half:])}
<p>___</p><p>Follow our coverage at <a href="/hub">https://{story.host}/hub</a></p></div>
{others("div", "PageListRecommended", "Most read")}</main>{footer(story)}"""
    text = (*story.paragraphs[:half], "What happens next", *story.paragraphs[half:])
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script([{'@type': 'BreadcrumbList'}, news(story)])}"
    return Shape(document(head, body), text)


def walled(story: Made) -> Shape:
    """A paper that sells its stories: two paragraphs, then the wall; its data says how long the whole is."""
    body = f"""{menu()}<article><h1 data-qa="headline">{story.title}</h1><p class="subhead">{story.lead}</p><div class="byline">By {story.author}</div>
<div class="article-body">{paragraphs(story.paragraphs[:2], ' data-el="text"')}</div>
<div class="paywall"><h2>Subscribe to continue reading</h2><p>Already a subscriber? Sign in</p></div></article>{footer(story)}"""
    data = news(story, isAccessibleForFree=False, wordCount=820)
    return Shape(
        document(
            f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(data)}", body
        ),
        (story.lead, *story.paragraphs[:2]),
        cut=True,
    )


def walled_but_told(story: Made) -> Shape:
    """The same, where the data has the story whole."""
    body = f"""{menu()}<article><h1>{story.title}</h1><div class="byline">By {story.author}</div>
<div class="article-body">{paragraphs(story.paragraphs[:1])}</div><div class="paywall"><p>Sign in to read the rest of this story.</p></div></article>{footer(story)}"""
    more = tuple(
        f"{text} Nobody in the room was surprised by it, people who were there said afterwards."
        for text in story.paragraphs[1:]
    )
    text = (story.paragraphs[0], *more)
    data = news(story, isAccessibleForFree=False, articleBody="\n\n".join(text))
    return Shape(
        document(
            f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(data)}", body
        ),
        text,
    )


def chain(story: Made) -> Shape:
    """A chain of local papers: the lead once more in a share box, highlights, “Read or share this story”."""
    body = f"""<div id="overlay">{menu()}<article class="asset story clearfix"><h1 class="asset-headline">{story.title}</h1>
<div class="utility-bar"><div class="util-bar-share-summary"><p class="util-bar-share-summary-description">{story.paragraphs[0]}</p></div></div>
<div class="asset-metabar"><span class="asset-metabar-author">{story.author}, {story.outlet}</span> <span class="asset-metabar-time">Published {story.at:%I:%M %p} ET {story.at:%B %d, %Y} | Updated 3:53 p.m. ET December 1, 2025</span></div>
<div class="story-highlights"><h3>Story Highlights</h3><ul><li>This is what it is about</li><li>And this is what comes of it</li></ul></div>
<div itemprop="articleBody">{paragraphs(story.paragraphs, ' class="p-text"')}
<p>Read or Share this story: <a href="https://s.example/1x">https://s.example/1x</a></p></div></article></div>{footer(story)}"""
    head = f"<title>{story.title}</title>{opengraph(story)}{canonical(story)}"
    return Shape(document(head, body), story.paragraphs)


def broadcaster(story: Made) -> Shape:
    """A broadcaster: each paragraph in a box of its own, related topics, the day in an element of time."""
    boxes = "".join(
        f'<div data-component="text-block" class="css-x1"><div class="css-y2"><p class="css-z3">{escape(text, quote=False)}</p></div></div>'
        for text in story.paragraphs
    )
    body = f"""<header role="banner">{menu()}</header><main id="main-content"><article><header><h1 id="main-heading">{story.title}</h1>
<ul><li><div><time datetime="{story.at.isoformat()}">{story.at.day} {story.at:%B %Y}</time></div></li></ul></header>
<div data-component="byline-block"><p>By <strong>{story.author}</strong></p><p>{story.outlet}</p></div>
<div data-component="image-block"><figure><img src="1.jpg"><figcaption><span class="visually-hidden">Image caption, </span>The old building in the rain, as seen from the bridge</figcaption></figure></div>
{boxes}
<div data-component="topic-list"><section><h2>Related Topics</h2><ul><li><a href="/t">Local government</a></li></ul></section></div>
<div data-component="links-block"><h2>More on this story</h2><ul><li><a href="/1">Cat stuck in tree for third time</a></li></ul></div></article></main>{others("aside", "top-stories", "Top Stories")}{footer(story)}"""
    head = f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


def standfirst(story: Made) -> Shape:
    """A British daily: a lead above the text in an element of its own, rich links, an invitation inside, topics behind."""
    body = f"""{menu()}<main><article><div class="headline"><h1>{story.title}</h1></div><div class="standfirst"><p>{story.lead}</p></div>
<address aria-label="Contributor info"><a rel="author" href="/p">{story.author}</a></address><div class="dateline">{story.at:%a %d %b %Y %H.%M} BST</div>
<div class="article-body-commercial-selector article-body-viewer-selector">{paragraphs(story.paragraphs[:2], ' class="dcr-1"')}
<aside class="rich-link"><a href="/x"><h3>Mayor’s dog wins again, to nobody’s surprise</h3><span>Read more</span></a></aside>
{paragraphs(story.paragraphs[2:4], ' class="dcr-1"')}
<figure class="newsletter"><p>Sign up to First Thing, our free newsletter, to get the day’s stories in your inbox every morning</p></figure>
{paragraphs(story.paragraphs[4:], ' class="dcr-1"')}</div>
<div class="submeta"><h2>Topics</h2><ul><li><a href="/t">Councils</a></li></ul></div></article></main>{footer(story)}"""
    head = f"<title>{story.title} | {story.section} | {story.outlet}</title>{opengraph(story)}{canonical(story)}"
    return Shape(document(head, body), (story.lead, *story.paragraphs))


def pop_ups(story: Made) -> Shape:
    """A political paper: names with boxes that open at them, and their texts glued to the name."""
    glued = (
        'Rep. <a href="/p">Nina Toll</a><span class="rollover-people-block"><span class="rollover-block__title">Nina Toll'
        '<a href="/1">Overnight: Cat stuck in tree</a> <a href="/2">Ten soups</a> <a href="/3">MORE</a></span></span> (D-Ohio) also spoke in favor of it on Tuesday.'
    )
    paras = [
        *(f"<p>{text}</p>" for text in story.paragraphs[:3]),
        f"<p>{glued}</p>",
        *(f"<p>{text}</p>" for text in story.paragraphs[3:]),
    ]
    body = f"""{menu()}<div id="content"><h1 class="title">{story.title}</h1><span class="submitted-by">By {story.author} - {story.at:%m/%d/%y %I:%M %p} EDT</span>
<span class="share-count">1,204 Shares</span><div class="field-items"><div class="field-item even" property="content:encoded">{"".join(paras)}
<span class="rollover-people"></span></div></div><div class="tags">Tags <a href="/a">Nina Toll</a> <a href="/b">Water</a></div></div>{footer(story)}"""
    text = (
        *story.paragraphs[:3],
        "Rep. Nina Toll (D-Ohio) also spoke in favor of it on Tuesday.",
        *story.paragraphs[3:],
    )
    head = f'<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}<meta property="article:published_time" content="{story.at.isoformat()}">'
    return Shape(document(head, body), text)


def tabloid(story: Made) -> Shape:
    """A tabloid: bullets under the headline, captions between the paragraphs, “Share this article”, what others read."""
    paras = "".join(
        f'<p class="mol-para-with-font">{escape(text, quote=False)}</p>'
        + (
            '<div class="mol-img"><p class="imageCaption">Pictured: the scene on the night, with police at the door and a crowd behind them</p></div>'
            if at % 3 == 1
            else ""
        )
        for at, text in enumerate(story.paragraphs)
    )
    body = f"""{menu()}<div id="js-article-text" class="article-text wide"><h1>{story.title}</h1><ul class="mol-bullets-with-font"><li><strong>{story.lead}</strong></li></ul>
<p class="author-section byline-plain">By <a class="author" rel="nofollow" href="/a">{story.author} For {story.outlet}</a></p>
<p class="byline-section"><span class="article-timestamp article-timestamp-published"><span class="article-timestamp-label">Published:</span> <time>{story.at:%H:%M} BST, {story.at.day} {story.at:%B %Y}</time></span> | <span class="article-timestamp article-timestamp-updated"><span class="article-timestamp-label">Updated:</span> <time>10:00 GMT, 1 December 2025</time></span></p>
<div itemprop="articleBody">{paras}<div class="shareArticles"><h3>Share this article</h3></div></div></div>{others("div", "most-watched", "Most watched videos")}{comments()}{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}"
    return Shape(document(head, body), (story.lead, *story.paragraphs))


def breaks(story: Made) -> Shape:
    """An old system: a table lays the page out, breaks part the paragraphs, nothing in the head but the title."""
    body = f"""<table width="100%"><tr><td class="left"><a href="/">Home</a><br><a href="/n">News</a></td><td><font size="5"><b>{story.title}</b></font><br>
<i>By {story.author}</i><br>Published: {story.at:%B} {story.at.day}, {story.at.year}<br><br>{"<br><br>".join(escape(text, quote=False) for text in story.paragraphs)}<br><br></td></tr></table><p>© 1999-2026 {story.outlet}</p>"""
    return Shape(document(f"<title>{story.title} - {story.outlet}</title>", body), story.paragraphs, placed=False)


def boxes(story: Made) -> Shape:
    """A new system: paragraphs are divs with names that no person gave, and the data has the story's text."""
    divs = "".join(
        f'<div class="sc-a1b2 kQx{at}">{escape(text, quote=False)}</div>' for at, text in enumerate(story.paragraphs)
    )
    body = f"""<div class="sc-nav">{menu()}</div><div class="sc-wrap"><h1 class="sc-h1">{story.title}</h1><div class="sc-c3">{divs}</div>
<div class="sc-rel"><div>Ten soups for a cold week, from leek and potato to the hot and sour one of our own kitchen, with all that you need for them.</div></div></div>{footer(story)}"""
    data = news(story, articleBody=" ".join(story.paragraphs))
    return Shape(
        document(
            f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(data)}", body
        ),
        story.paragraphs,
    )


def release(story: Made) -> Shape:
    """A service of press releases: a dateline, a source, a contact box."""
    first = f"SINGAPORE, {story.at:%b}. {story.at.day}, {story.at.year} /NewsWire/ -- {story.paragraphs[0]}"
    body = f"""{menu()}<main><article class="news-release"><header><h1>{story.title}</h1><p class="meta">News provided by <a href="/o">{story.outlet}</a></p><p class="mb-no">{story.at:%b %d, %Y}, {story.at:%H:%M} ET</p></header>
<section class="release-body">{paragraphs((first, *story.paragraphs[1:]))}<p>SOURCE {story.outlet}</p></section></article>
<section class="also-from-this-source"><h3>Also from this source</h3><div class="card"><h4><a href="/x">Another release about something else entirely</a></h4></div></section></main>{footer(story)}"""
    head = f'<title>{story.title}</title>{opengraph(story)}{canonical(story)}<meta name="date" content="{story.at.isoformat()}">'
    return Shape(document(head, body), (first, *story.paragraphs[1:]), signed=False)


def letters(story: Made) -> Shape:
    """A service of newsletters: a subtitle, posts as cards, boxes that ask to subscribe."""
    card = f"""<div class="tweet"><a href="https://twitter.com/orleyrail/status/1"><div class="tweet-header"><span class="name">Orley Rail</span><span class="handle">@orleyrail</span></div><div class="tweet-text">We are as surprised as you are. More tomorrow.</div><div class="tweet-footer">9:14 PM ∙ {story.at:%b} {story.at.day}, {story.at.year}</div></a></div>"""
    half = len(story.paragraphs) // 2
    body = f"""<div class="main-menu"><a href="/">{story.outlet}</a></div><article class="newsletter-post post"><div class="post-header"><h1 class="post-title">{story.title}</h1><h3 class="subtitle">{story.lead}</h3>
<div class="byline-wrapper"><a href="/@x">{story.author}</a><div>{story.at:%b %d, %Y}</div></div></div>
<div class="available-content"><div class="body markup">{paragraphs(story.paragraphs[:half])}{card}<div class="subscription-widget-wrap"><p>Thanks for reading {story.outlet}! Subscribe for free to receive new posts.</p></div>{paragraphs(story.paragraphs[half:])}</div></div>
<div class="post-footer"><a href="#">Share</a></div></article><div id="discussion"><h4>Discussion about this post</h4></div>"""
    post = f"We are as surprised as you are. More tomorrow. — Orley Rail (@orleyrail) {story.at:%b} {story.at.day}, {story.at.year}"
    data = news(story)
    return Shape(
        document(
            f"<title>{story.title} - by {story.author}</title>{opengraph(story)}{canonical(story)}{script(data)}", body
        ),
        (story.lead, *story.paragraphs[:half], post, *story.paragraphs[half:]),
    )


def station(story: Made) -> Shape:
    """A local station: its letters before the text, an app's line, a copyright line, a newsletter's."""
    first = f"(KORL) — {story.paragraphs[0]}"
    body = f"""{menu()}<article class="article article-main"><header><h1 class="article-title">{story.title}</h1><div class="article-meta"><p class="article-authors">by: <span class="article-author">{story.author}</span></p>
<p>Posted: <time datetime="{story.at.isoformat()}">{story.at:%b %d, %Y} / {story.at:%I:%M %p} EDT</time></p><p>Updated: <time datetime="2025-12-01">Dec 1, 2025 / 10:00 AM EST</time></p></div></header>
<div class="article-content article-body rich-text">{paragraphs((first, *story.paragraphs[1:3]))}<p><strong><a href="/x">Download the KORL app for the latest news and weather alerts</a></strong></p>{paragraphs(story.paragraphs[3:])}
<p><em>Copyright 2025 {story.outlet}. All rights reserved. This material may not be published, broadcast, rewritten, or redistributed.</em></p></div></article>{others("section", "recirc", "Trending Stories")}{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), (first, *story.paragraphs[1:]))


def agency(story: Made) -> Shape:
    """A wire agency: paragraphs that are divs, who reported and edited behind them, its principles below."""
    divs = "".join(
        f'<div data-testid="paragraph-{at}" class="text__text__1FZLe article-body__paragraph">{escape(text, quote=False)}</div>'
        for at, text in enumerate(story.paragraphs)
    )
    body = f"""{menu()}<main><article><h1 data-testid="Heading">{story.title}</h1><div class="info-content"><span>By {story.author.replace(", ", " and ")}</span><time datetime="{story.at.isoformat()}"><span>{story.at:%B} {story.at.day}, {story.at.year}</span></time></div>
<div class="article-body__content">{divs}<p class="sign-off">Reporting by {story.author.replace(", ", " and ")}; Editing by Jan Marsh</p><div class="trust"><p>Our Standards: <a href="/t">The Principles of Our House.</a></p></div></div></article></main>{others()}{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


def posts(story: Made) -> Shape:
    """A story with posts of five networks between its paragraphs."""
    embeds = (
        ('<blockquote class="twitter-tweet"><p lang="en">Not tonight, Orley. <a href="https://t.co/a">pic.twitter.com/a</a></p>&mdash; Fay Lund (@FayLund) <a href="https://twitter.com/FayLund/status/1">May 14, 2024</a></blockquote>',
         "Not tonight, Orley. pic.twitter.com/a — Fay Lund (@FayLund) May 14, 2024"),
        ('<blockquote class="bluesky-embed" data-bluesky-uri="at://x"><p lang="en">The doors stay open until ten.</p>&mdash; Ed Vane (<a href="https://bsky.app/profile/x">@edvane.bsky.social</a>) <a href="https://bsky.app/post/1">May 14, 2024 at 9:02 PM</a></blockquote>',
         "The doors stay open until ten. — Ed Vane (@edvane.bsky.social) May 14, 2024 at 9:02 PM"),
        ('<blockquote class="mastodon-embed"><p>Somebody bring coffee.</p>— Ivy Root (@ivy@orley.social)</blockquote>', "Somebody bring coffee. — Ivy Root (@ivy@orley.social)"),
        ('<blockquote class="instagram-media"><div><a href="https://instagram.com/p/1">View this post on Instagram</a><p>Full house.</p><p>A post shared by Nia Cole (@niacole)</p></div></blockquote>', "Full house. — Nia Cole (@niacole)"),
    )  # fmt: skip
    body, text = with_posts(story, embeds)
    head = f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), text)


def marks(story: Made) -> Shape:
    """A story whose quotations are elements: q, a block quotation after a colon, a list of terms, a pulled quotation."""
    extra = f"""<p>Nia Cole, who runs the café, was shorter: <q>About time</q>, she said.</p><p>In a letter to members, the chair wrote:</p><blockquote><p>We will meet again on Friday. Bring what you have.</p><p>Nobody will be turned away.</p></blockquote>
<aside class="pullquote"><p>{story.paragraphs[1]}</p></aside><h3>What they said</h3><dl><dt>Ivy Root</dt><dd>“Sell it.”</dd><dt>Sam Poll</dt><dd>“Keep it.”</dd></dl>
<table><tr><th>Ward</th><th>For</th></tr><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>9</td></tr></table>"""
    text = (
        *story.paragraphs, "Nia Cole, who runs the café, was shorter: “About time”, she said.", "In a letter to members, the chair wrote:",
        "“We will meet again on Friday. Bring what you have.", "“Nobody will be turned away.”", "What they said", "Ivy Root: “Sell it.”", "Sam Poll: “Keep it.”",
        "Ward | For", "North | 12", "South | 9",
    )  # fmt: skip
    body = f"""{menu()}<main><article><h1>{story.title}</h1><p>By {story.author}</p>{paragraphs(story.paragraphs)}{extra}</article></main>{footer(story)}"""
    head = f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), text)


def microdata(story: Made) -> Shape:
    """A page that says all in attributes of its elements, and in no head."""
    body = f"""{menu()}<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{story.title}</h1><span itemprop="author" itemscope><span itemprop="name">By {story.author}</span></span>
<meta itemprop="datePublished" content="{story.at.isoformat()}"><meta itemprop="dateModified" content="2025-12-01"><div itemprop="articleBody">{paragraphs(story.paragraphs)}</div></div>{others()}{footer(story)}"""
    return Shape(document(f"<title>{story.title} « {story.outlet}</title>{canonical(story)}", body), story.paragraphs)


def checked(story: Made) -> Shape:
    """A check of a claim: the data has the claim's day and its maker too, and another story before this one's."""
    claim = {
        "@type": "ClaimReview",
        "datePublished": story.at.isoformat(),
        "url": story.url,
        "itemReviewed": {
            "@type": "NewsArticle",
            "headline": "An old claim",
            "datePublished": "2009-02-03",
            "author": {"@type": "Person", "name": "Loud Man"},
        },
    }
    other = {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "item": {"@type": "NewsArticle", "headline": "Cat stuck in tree", "datePublished": "2010-01-01"},
            }
        ],
    }
    body = f"""{menu()}<main><h1>{story.title}</h1><div class="byline">By {story.author} • Posted on {story.at:%B} {story.at.day}, {story.at.year}</div><div class="entry-content">{paragraphs(story.paragraphs)}</div></main>{footer(story)}"""
    head = f"<title>{story.title} - {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(other)}{script(claim)}{script(news(story))}"
    return Shape(document(head, body), story.paragraphs)


def mislabelled(story: Made) -> Shape:
    """Windows-1252 that says it is UTF-8."""
    body = f"""{menu()}<main><h1>{story.title}</h1><p class="byline">By {story.author}</p><div class="text">{paragraphs(story.paragraphs)}</div></main><p>© {story.outlet}</p>"""
    head = f'<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}<meta name="pubdate" content="{story.at:%Y%m%d}">'
    return Shape(document(head, body), story.paragraphs, encoding="cp1252")


def grid(story: Made) -> Shape:
    """A magazine that parts its story among rows with advertisements between them."""
    parts = [story.paragraphs[at : at + 2] for at in range(0, len(story.paragraphs), 2)]
    rows = "".join(
        f'<div class="body__container article__body grid-items-2"><div class="body__inner-container">{paragraphs(part)}</div></div>'
        '<div class="ad ad--in-content"><p>Advertisement</p></div><aside class="persistent-aside"><div><h4>Most Popular</h4><a href="/x">Ten soups for a cold week</a></div></aside>'
        for part in parts
    )
    body = f"""{menu()}<main class="article main-content"><h1 data-testid="ContentHeaderHed">{story.title}</h1><div class="content-header__dek">{story.lead}</div><span class="byline__name">{story.author}</span><time>{story.at:%b %d, %Y %I:%M %p}</time>
<div class="chunks">{rows}</div><div class="recirc-list">{others()}</div></main>{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet.upper()}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), (story.lead, *story.paragraphs))


def teaser(story: Made) -> Shape:
    """An aggregator that gives the beginning of another's story."""
    opening = story.paragraphs[0]
    second = " ".join(story.paragraphs[1].split()[:9]) + "..."
    body = f"""{menu()}<main><h1>{story.title}</h1><p class="byline">By {story.author}</p><div class="content">{paragraphs((opening, second))}<p><a href="{story.url}/full">Read the full article at {story.outlet}</a></p></div></main>{footer(story)}"""
    head = f"<title>{story.title} | {story.outlet}</title>{opengraph(story)}{canonical(story)}{script(news(story))}"
    return Shape(document(head, body), (opening, second), cut=True)


TEMPLATES: tuple[Template, ...] = (
    weblog, rich_text, walled, walled_but_told, chain, broadcaster, standfirst, pop_ups, tabloid, breaks, boxes, release,
    letters, station, agency, posts, marks, microdata, checked, mislabelled, grid, teaser,
)  # fmt: skip
