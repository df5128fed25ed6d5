"""Templates in the manner of 24 more outlets, written before their writer had seen the reader: run once, then mended for."""

from datetime import UTC, datetime, timedelta, timezone
from html import escape

from tests.quality.pages.made import Made, Shape, Template
from tests.quality.pages.parts import (
    canonical,
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

_INDIA = timezone(timedelta(hours=5, minutes=30))
_PACIFIC = timezone(timedelta(hours=-8))
FERRY = Made(
    "‘We saw the lights go’: how the Isla ferry lost its way", "The Sunday Recorder", "sundayrecorder.example",
    datetime(2025, 1, 18, 23, 40, tzinfo=_PACIFIC), "Anne-Marie van der Berg", "Long Reads",
    "Eighty people spent a night at sea last month. They tell what they remember, and what nobody has told them since.",
    (
        "The lights went at ten past nine, and for a while nobody said anything at all.",
        "“We saw the lights go on the shore first,” says Ida Moran, who was on deck with her son. “Then ours.”",
        "The Isla had left Port Meren an hour before with 74 passengers, six crew and, according to her log, a full tank.",
        "What happened between nine and midnight is the subject of two inquiries. Captain Jon Reyes has spoken to neither.",
        "His lawyer, Petra Lang, told this newspaper that he “did what any captain would have done” and would say so when he was asked under oath.",
        "The company that owns the ferry, Meren Lines, declined to be interviewed. “Our thoughts are with all who were on board,” it said in an email.",
        "Comments by the deckhand Luis Ortega, who rang the bell until two in the morning, were read to parliament last week: “I rang because it was the only thing that worked.”",
        "Moran has not been on the water since. “My son asks when we will go again,” she says. “I tell him: when they tell us why.”",
    ),
)  # fmt: skip
CANAL = Made(
    "3 things to know about the canal vote", "KXOR News 7", "www.kxor7.example", datetime(2024, 11, 6, 0, 20, tzinfo=_INDIA),
    "Lou O’Neil, Sam Katz", "Politics", "Results are in from all but two of the districts.",
    (
        "Voters appeared to reject a tax for the canal on Tuesday, with 52% against it and all but two districts counted.",
        "“The people have spoken, and we heard them,” said Mayor Rita Sandoval, who had staked her second term on it.",
        "Turnout was 61 percent, the highest for a local vote since 1998, Clerk Dee Park said.",
        "Opponents said that the money would have gone to consultants. “Not one shovel,” said Hank Moss, a retired surveyor. “Not one.”",
        "The canal was closed in 2011 after its east wall fell. It would cost $90 million to open again, the city has said.",
        "Sandoval said she would not run again. “I said what I would do if it failed,” she told supporters at the Elks Lodge, “and I will do it.”",
    ),
)  # fmt: skip
CLINIC = Made(
    "Nurses at Harlow clinic “were told not to write it down”", "Harlow & District Gazette", "harlowgazette.example",
    datetime(2020, 7, 30, 7, 0, tzinfo=UTC), "Femi Ade", "Health", "A report finds that 31 complaints were never passed on.",
    (
        "Nurses at the Harlow walk-in clinic were told not to write complaints down, a report published on Thursday finds.",
        "The report's author, Sir Alan Webb, said: 'I have seldom read anything so sad. They wanted to do right by people and were told it was not their place.'",
        "Thirty-one complaints were made in person between March 2018 and May 2019. None of them was passed on.",
        "'We are sorry,' the clinic's chief executive, Joan Tully, said in a statement. 'We have changed how we listen.'",
        "One nurse, who asked not to be named, said that she kept a diary at home. 'I knew that somebody would ask one day,' she said.",
        "Sir Alan makes nine recommendations, among them that the clinic publish the number of complaints each month.",
    ),
)  # fmt: skip
ELSEWHERE = (FERRY, CANAL, CLINIC)
"""Stories for these templates alone: a headline that is a quotation, a number before it, days that differ between zones."""


def _shown(story: Made) -> str:
    return f"{story.at:%B} {story.at.day}, {story.at.year}"


def _head(story: Made, *more: str, title: str = "{} | {}") -> str:
    return f"<title>{escape(title.format(story.title, story.outlet))}</title>{opengraph(story)}{canonical(story)}{''.join(more)}"


def wire_of_abroad(story: Made) -> Shape:
    """A channel of the world that takes a wire's text: a self-promotion between paragraphs, the wire's sign at the end."""
    promo = '<div class="o-self-promo"><span class="o-self-promo__title">Get the stories that matter in our daily letter</span><a class="a-btn">Subscribe</a></div>'
    body = f"""{menu()}<main><article class="t-content"><h1 class="t-content__title">{story.title}</h1><p class="t-content__chapo">{story.lead}</p><div class="t-content__dates"><p>Issued on: <time datetime="{story.at.isoformat()}">{story.at:%d/%m/%Y - %H:%M}</time></p><p>Modified: <time datetime="2025-12-01">01/12/2025 - 10:00</time></p></div><div class="m-reading-time"><span>2</span> min Reading time</div>
<div class="m-from-author">By: <a class="m-from-author__name" href="/a">{story.author}</a></div><div class="t-content__body u-clearfix">{paragraphs(story.paragraphs[:2])}{promo}<div class="m-em-quote"><p>Read more <a href="/x">Ten soups for a cold week</a></p></div>{paragraphs(story.paragraphs[2:])}<p><em>(Newswire with AGP)</em></p></div><ul class="m-tags-list"><li><a href="/t">Rivers</a></li></ul></article>{others("section", "m-related", "The content you requested does not exist or is not available anymore")}</main>{footer(story)}"""
    return Shape(document(_head(story, script(news(story))), body), (story.lead, *story.paragraphs))


def chain_tabloid(story: Made) -> Shape:
    """A chain of tabloids: a lead, comments' counter, read-more lines in bold, an invitation to a chat channel in the text."""
    inside = '<p><a href="/x"><strong>READ MORE: Cat stuck in tree for third time</strong></a></p>'
    chat = "<p><em>Get the latest news sent straight to your phone by joining our <a href='/w'>WhatsApp community</a>. You can leave whenever you like.</em></p>"
    body = f"""<header class="mod-header">{menu()}</header><article class="article-main channel-news"><h1 itemprop="headline name">{story.title}</h1><p class="leadtext" itemprop="description">{story.lead}</p><div class="byline"><div class="author"><a class="publication-theme" href="/authors/1">{story.author}</a><span class="role">Senior Reporter</span></div><ul class="time-info"><li><time class="date-published" datetime="{story.at.isoformat()}">{story.at:%H:%M, %d %b %Y}</time></li><li><span class="date-updated">Updated 10:00, 1 Dec 2025</span></li></ul><a class="comment-count">14 Comments</a></div>
<div class="article-body" itemprop="articleBody"><figure class="in-article-image"><img><figcaption><span class="caption">Where it all began</span> <span class="credit">(Image: Orley Live)</span></figcaption></figure>{paragraphs(story.paragraphs[:1])}{chat}{paragraphs(story.paragraphs[1:4])}{inside}{paragraphs(story.paragraphs[4:])}<p><b>Do you have a story to tell? Email us at <a href="mailto:n@x.example">news@{story.host}</a></b></p></div><div class="tag-list">Topics <a href="/t">Councils</a></div><div class="also-read"><h3>Most Read</h3><a href="/y">Ten soups for a cold week</a></div></article>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} - {}"), body), (story.lead, *story.paragraphs))


def cable_news(story: Made) -> Shape:
    """A cable channel: the place and the channel before the first word, related links between, contributors behind."""
    marked = "".join(
        f'<p class="paragraph inline-placeholder" data-article-gutter="true">{escape(text, quote=False)}</p>'
        for text in story.paragraphs[1:]
    )
    body = f"""{menu()}<main><div class="headline"><h1 class="headline__text" id="maincontent">{story.title}</h1></div><div class="headline__sub"><div class="byline__names">By <a class="byline__link" href="/p"><span class="byline__name">{story.author}</span></a>, {story.outlet}</div><div class="headline__sub-description">3 minute read</div><div class="timestamp">Published 8:30 AM EDT, {story.at:%a %B} {story.at.day}, {story.at.year}</div></div>
<div class="article__content"><div class="source inline-placeholder"><cite class="source__cite"><span class="source__location">Port Meren</span> <span class="source__text">{story.outlet}</span> — </cite></div><p class="paragraph inline-placeholder">{escape(story.paragraphs[0], quote=False)}</p>{marked}<div class="related-content"><p class="related-content__headline"><span>RELATED ARTICLE</span> Ten soups for a cold week</p></div><p class="paragraph"><em>{story.outlet}’s Max Hale and Lin Potts contributed to this report.</em></p></div><div class="zone__items"><h2>Paid Content</h2><a href="/z">Doctors beg people over 50 to stop eating this</a></div></main>{footer(story)}"""
    first = f"Port Meren {story.outlet} — {story.paragraphs[0]}"
    return Shape(document(_head(story, script(news(story))), body), (first, *story.paragraphs[1:]))


def small_town(story: Made) -> Shape:
    """A small town's paper on a hosted system: an author with an address, a subscription between, how to reach who wrote."""
    mail = f"{story.author.split()[0].casefold()}@{story.host}"
    inside = '<div class="subscriber-only-ad"><h4>Be the first to know</h4><p>Get local news delivered to your inbox!</p><form><input name="email"></form><p>* I understand and agree that registration or use of this site constitutes agreement to its user agreement and privacy policy.</p></div>'
    body = f"""{menu()}<div id="main-page-container"><article class="asset hnews hentry"><div class="label-flags"><span class="label">Top Story</span></div><h1 class="headline"><span>{story.title}</span></h1><div class="meta"><ul class="list-inline"><li><span itemprop="author" class="tnt-byline">By {story.author.upper()} {mail}</span></li><li class="visible-print"><time datetime="{story.at.isoformat()}" class="tnt-date asset-date">{story.at:%b} {story.at.day}, {story.at.year}</time></li><li><time class="asset-date-updated">Updated Dec 1, 2025</time></li><li>Comments</li></ul></div>
<div itemprop="articleBody" id="article-body" class="asset-content subscriber-premium"><div class="subscriber-preview">{paragraphs(story.paragraphs[:2])}</div>{inside}<div class="subscriber-only">{paragraphs(story.paragraphs[2:])}</div><div class="tnt-blurb"><p><em>Contact {story.author} at {mail} or 555-0134.</em></p></div></div><div class="asset-tags"><h4>Tags</h4><a href="/t">River</a></div><div class="author-bio"><p>Reporter</p></div></article></div>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} | Local News | {}"), body), story.paragraphs)


def long_read(story: Made) -> Shape:
    """A monthly: a rubric, a deck, small capitals at the start, other stories in brackets, the number it was printed in."""
    words = story.paragraphs[0].split()
    first = f'<p class="ArticleParagraph_root ArticleParagraph_dropcap"><span class="smallcaps">{" ".join(words[:3])}</span> {escape(" ".join(words[3:]), quote=False)}</p>'
    body = f"""<nav><a href="/">{story.outlet}</a> <a href="/s">Subscribe</a></nav><main id="main-content"><article class="ArticleLayout_article"><header class="ArticleHero"><a class="ArticleHero_rubric" href="/{story.section}">{story.section}</a><h1 class="ArticleTitle">{story.title}</h1><p class="ArticleDek_root">{story.lead}</p><address class="ArticleBylines">By <a href="/a">{story.author}</a></address><div class="ArticleLeadArt"><div>Illustration by Ola Quist</div></div><time class="ArticleTimestamp" datetime="{story.at.isoformat()}">{_shown(story)}</time><button>Share</button><button>Save</button></header>
<div class="ArticleAudio"><p>Listen to this article</p><span>00:00</span> <span>24:10</span><p>Listen to more stories on the app</p></div><section class="ArticleBody_root">{first}{paragraphs(story.paragraphs[1:3])}<p id="injected-recirculation-link-0" class="ArticleRelatedContentLink_root">[<a href="/x">Read: Ten soups for a cold week</a>]</p>{paragraphs(story.paragraphs[3:])}<hr><p class="ArticleParagraph_root"><small><em>This article appears in the </em><a href="/m">December 2025</a><em> print edition with the headline “A Night Out.” When you buy a book using a link on this page, we receive a commission. Thank you for supporting us.</em></small></p></section><footer class="ArticleFooter"><h3>About the Author</h3><p>{story.author} is a staff writer.</p></footer></article></main>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} - {}"), body), (story.lead, *story.paragraphs))


def live_blog(story: Made) -> Shape:
    """A live blog: entries with times and heads, the newest first, each with a button to share it."""
    heads = ("Vote is over", "Crowd outside grows", "What we know so far")
    entries, text = [], []
    for at, head in enumerate(heads):
        part = story.paragraphs[2 * at : 2 * at + 2]
        entries.append(
            f'<article class="liveblog__post" id="p{at}"><p class="block-time"><time datetime="{story.at.isoformat()}">{9 - at}.05am</time></p><h2 class="block-title">{head}</h2><div class="block-elements">{paragraphs(part)}</div><ul class="block-share"><li><a href="#">Share</a></li><li><a href="#">Copy link</a></li></ul></article>'
        )
        text += [head, *part]
    data = news(story) | {
        "@type": "LiveBlogPosting",
        "coverageStartTime": story.at.isoformat(),
        "coverageEndTime": "2025-12-01T10:00:00Z",
    }
    body = f"""{menu()}<main><h1>{story.title}</h1><p class="byline">By {story.author}</p><p class="live-status">This live page is closed.</p><div class="key-events"><h2>Key events</h2><ul><li><a href="#p0">Vote is over</a></li><li><a href="#p1">Crowd outside grows</a></li></ul></div><div id="liveblog-body" class="live-blog">{"".join(entries)}</div></main>{others()}{footer(story)}"""
    return Shape(document(_head(story, script(data)), body), tuple(text))


def newswire_release(story: Made) -> Shape:
    """Another service of press releases: the dateline in bold, contacts in a table, a picture's address, the end's three marks."""
    first = f"PORT MEREN, {story.at:%b}. {story.at.day:02}, {story.at.year} (PRESS NEWSWIRE) -- {story.paragraphs[0]}"
    body = f"""<header>{menu()}<a href="/login">Sign In</a><a href="/register">Register</a></header><div class="main-container"><h1 class="article-headline" itemprop="headline">{story.title}</h1><p class="article-published-source"><span class="article-published"><time datetime="{story.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}">{_shown(story)} 07:00 ET</time></span> | <span class="article-source"><span>Source: <a href="/search/organization/x">{story.outlet}</a></span></span></p><div class="social">Share Share Share</div>
<div class="main-body-container" id="main-body-container" itemprop="articleBody">{paragraphs((first, *story.paragraphs[1:]))}<p align="center"># # #</p><table><tr><td><b>Media Contact</b><br>Pat Lee<br>555-0101<br>pat@{story.host}</td></tr></table><img src="/ti?nf=1"></div><div class="tags-container"><h2>Tags</h2><a href="/t">Ferries</a></div><div class="company-profile"><h2>Contact Data</h2></div></div>{footer(story)}"""
    head = _head(story, f'<meta name="DC.date.issued" content="{story.at:%Y-%m-%d}">', title="{}")
    return Shape(document(head, body), (first, *story.paragraphs[1:]), signed=False)


def letter_for_payers(story: Made) -> Shape:
    """A letter that only payers read whole: a beginning, and why it ends there."""
    data = news(
        story,
        isAccessibleForFree=False,
        hasPart={"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"},
    )
    body = f"""<div class="main-menu"><a href="/">{story.outlet}</a><a>Subscribe</a></div><article class="newsletter-post post"><div class="post-header"><h1 class="post-title published">{story.title}</h1><h3 class="subtitle">{story.lead}</h3><div class="byline"><a href="/@x">{story.author}</a> <div>{story.at:%b %d, %Y}</div> <div>∙ Paid</div></div></div><div class="available-content"><div class="body markup">{paragraphs(story.paragraphs[:2])}</div></div>
<div data-testid="paywall" class="paywall"><h2 class="paywall-title">This post is for paid subscribers</h2><div class="paywall-cta"><a>Subscribe</a></div><div class="paywall-login">Already a paid subscriber? <a>Sign in</a></div></div></article><div class="footer">© 2026 {story.author} · Privacy ∙ Terms ∙ Collection notice</div>"""
    return Shape(
        document(_head(story, script(data), title="{} - by somebody"), body),
        (story.lead, *story.paragraphs[:2]),
        cut=True,
    )


def told_in_elements(story: Made) -> Shape:
    """A paper whose page shows one paragraph that fades, and whose data has all of them, with their elements."""
    long = tuple(
        f"{text} People who had been in the room said afterwards that it had surprised none of them at all."
        for text in story.paragraphs
    )
    data = news(
        story, isAccessibleForFree="False", articleBody="".join(f"<p>{escape(text, quote=False)}</p>" for text in long)
    )
    body = f"""{menu()}<main><div class="story"><h1>{story.title}</h1><div class="story-by">{story.author}</div><div class="story-date">{story.at.day} {story.at:%B %Y}</div><div class="story-content fade">{paragraphs(long[:1])}</div><div class="offer"><h2>Keep reading for €1</h2><p>Cancel at any time. Offer for new customers.</p></div></div></main>{footer(story)}"""
    return Shape(document(_head(story, script(data)), body), long)


def posts_of_others(story: Made) -> Shape:
    """Posts of Threads, Facebook, a video's network and a board between paragraphs, each as its network embeds it."""
    embeds = (
        ('<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@fay/post/1"><a href="https://www.threads.net/@faylund/post/1"><div>Not tonight, Orley.</div><div>Posted by @faylund</div><div>View on Threads</div></a></blockquote>', ("Not tonight, Orley.", "faylund (@faylund)")),
        ('<div class="fb-post" data-href="https://www.facebook.com/1"><blockquote class="fb-xfbml-parse-ignore"><p>The doors stay open until ten.</p>Posted by <a href="https://www.facebook.com/vane">Ed Vane</a> on <a href="https://www.facebook.com/1">Tuesday, May 14, 2024</a></blockquote></div>', ("The doors stay open until ten.", "Ed Vane (Facebook) Tuesday, May 14, 2024")),
        ('<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@nia/video/1"><section><a title="@nia" href="https://www.tiktok.com/@nia">@nia</a><p>Full house tonight.</p></section></blockquote>', ("Full house tonight.", "nia (@nia)")),
        ('<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/orley/1">Somebody bring coffee to the hall.</a><br>by<a href="https://www.reddit.com/user/ivyroot/">u/ivyroot</a> in<a href="https://www.reddit.com/r/orley/">orley</a></blockquote>', ("Somebody bring coffee to the hall.", "ivyroot (u/ivyroot)")),
    )  # fmt: skip
    body, text = with_posts(story, [(markup, " — ".join(told)) for markup, told in embeds])
    return Shape(document(_head(story, script(news(story)), title="{} - {}"), body), text)


def night_zones(story: Made) -> Shape:
    """A site whose data has the time at Greenwich, and whose page the day of its readers; another story's day stands higher."""
    data = news(
        story, datePublished=f"{story.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}", dateCreated="2009-01-01T00:00:00Z"
    )
    body = f"""{menu()}<div class="ticker"><span class="when">January 3, 2017</span> <a href="/x">Ten soups for a cold week</a></div><main><article><h1>{story.title}</h1><div class="byline">By {story.author} | Published: {_shown(story)} at {story.at:%I:%M %p} | Updated: December 1, 2025 at 10:00 AM</div><div class="body">{paragraphs(story.paragraphs)}</div></article></main>{footer(story)}"""
    meta = f'<meta property="article:published_time" content="{story.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"><meta property="article:modified_time" content="2025-12-01T10:00:00Z">'
    return Shape(document(_head(story, meta, script(data)), body), story.paragraphs)


def with_tickers(story: Made) -> Shape:
    """A site of markets: key points above, a ticker's widget behind a name, its title glued to the name of the next link."""
    widget = '<span class="QuoteInBody-quoteNameContainer" data-test="QuoteInBody"> <a href="/quotes/CRVN">CRVN</a><span class="QuoteInBody-inlineButton"><span class="AddToWatchlistButton-watchlistContainer"><button>+Watch</button></span></span></span>'
    words = escape(story.paragraphs[0], quote=False).split(" ")
    first = f'<a href="/q">{words[0]}</a>{widget} {" ".join(words[1:])}'
    body = f"""{menu()}<div id="MainContentContainer"><header class="ArticleHeader"><div class="ArticleHeader-eyebrow">{story.section}</div><h1 class="ArticleHeader-headline">{story.title}</h1><p data-testid="published-timestamp">Published <span>{story.at:%a, %b} {story.at.day} {story.at.year}</span><time datetime="{story.at.isoformat()}">{story.at:%I:%M %p} EDT</time></p><div class="Author-authorNameAndSocial"><a class="Author-authorName" href="/a">{story.author}</a><a class="Author-authorTwitter" href="https://twitter.com/x">@in/x</a></div></header>
<div class="RenderKeyPoints-list"><div class="RenderKeyPoints-title">Key Points</div><div class="RenderKeyPoints-listWrap"><ul><li>This is what it is about.</li><li>And this is what comes of it.</li></ul></div></div><div class="InlineVideo-container"><div class="InlineVideo-videoLabel">watch now</div><span>VIDEO</span><span>3:21</span></div><div class="ArticleBody-articleBody"><div class="group"><p>{first}</p>{paragraphs(story.paragraphs[1:3])}</div><div class="RelatedContent-container"><h2>Read more</h2><ul><li><a href="/x">Ten soups for a cold week</a></li></ul></div><div class="group">{paragraphs(story.paragraphs[3:])}<p><em>— Disclosure: the owner of this site holds shares.</em></p></div></div></div>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{}"), body), story.paragraphs)


def old_fonts(story: Made) -> Shape:
    """A paper of 1999 in Windows-1252 that calls itself Latin-1: fonts, breaks for paragraphs, an advertisement's table between."""
    half = len(story.paragraphs) // 2
    before, after = (
        "<br><br>".join(escape(text, quote=False) for text in part)
        for part in (story.paragraphs[:half], story.paragraphs[half:])
    )
    advert = '<table align="right" width="120"><tr><td><font size="1">ADVERTISEMENT<br><a href="/ad">Buy a boat today</a></font></td></tr></table>'
    body = f"""<table width="100%"><tr><td bgcolor="navy"><font color="white"><b>{story.outlet}</b></font></td></tr></table><font face="Arial" size="5"><b>{story.title}</b></font><p><font size="2">By <a href="mailto:x@{story.host}">{story.author}</a><br>{story.outlet}<br><br>Published {_shown(story)}</font></p><font face="Times">{before}<br><br>{advert}{after}<br><br></font><center><font size="1">[ <a href="/">Home</a> | <a href="/c">Contact</a> ]<br>Copyright 1999 {story.outlet}. All rights reserved. Last updated 01 Dec 2025.</font></center>"""
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>{story.outlet} - {story.title}</title>{canonical(story)}</head><body>{body}</body></html>'
    return Shape(html, story.paragraphs, encoding="cp1252")


def undeclared(story: Made) -> Shape:
    """Windows-1252 of which nothing says that it is; each paragraph is a div with blanks for an indent."""
    divs = "".join(f"<div>&nbsp;&nbsp;&nbsp;{escape(text, quote=False)}</div>" for text in story.paragraphs)
    html = f"""<html><head><title>{story.title} :: {story.outlet}</title>{canonical(story)}</head><body><div id="top"><a href="/">{story.outlet}</a> <a href="/n">News</a></div><div id="story"><h2>{story.title}</h2><div class="by">by {story.author}</div><div class="on">{story.at.day} {story.at:%b %Y}</div>{divs}</div><div id="bottom">Copyright © {story.outlet}</div></body></html>"""
    return Shape(html, story.paragraphs, encoding="cp1252")


def empty_shell(story: Made) -> Shape:
    """A page that scripts would fill: all of the story is in its data, paragraphs parted by two line ends."""
    data = news(story, articleBody="\n\n".join(story.paragraphs), articleSection=story.section)
    body = f"""<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><div id="fallback"><h1>{story.title}</h1><p>Loading…</p></div>"""
    return Shape(document(_head(story, script(data)), body), story.paragraphs)


def student_paper(story: Made) -> Shape:
    """A students' paper: a role behind the name, a photograph's credit, a donation's plea, who wrote it below, a counter of comments."""
    body = f"""{menu()}<div id="sno-main"><div class="sno-story-body"><h1 class="sno-story-headline">{story.title}</h1><h3 class="sno-story-deck">{story.lead}</h3><div class="sno-story-byline"><a href="/staff">{story.author}</a>, <span class="byline-role">Managing Editor</span><br><span class="time-wrapper">{_shown(story)}</span></div><div class="sno-photo"><img><div class="photocredit">Kim Doe</div><div class="photocaption">Students wait for the doors to open in the rain, as they have every week.</div></div>
<div id="sno-story-body-content">{paragraphs(story.paragraphs)}</div></div><div class="sno-donation"><h3>Donate to {story.outlet}</h3><p>$500</p><p>$1000</p><p>Contributed</p><p>Our Goal</p><p>Your donation will support the student journalists of our school and let us buy equipment and cover the cost of hosting.</p></div><div class="about-writer"><h4>About the Contributor</h4><p><b>{story.author}</b>, Managing Editor</p><p>{story.author} is a senior who likes running and long books.</p></div><div id="commentspage"><p>Leave a Comment</p><p>Your email address will not be published. Required fields are marked *</p></div></div>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} – {}"), body), (story.lead, *story.paragraphs))


def university(story: Made) -> Shape:
    """A university's news: labelled fields, contacts for the press, topics, an office's address."""
    body = f"""{menu()}<main role="main"><article class="node node--type-news"><h1 class="page-title"><span class="field field--name-title">{story.title}</span></h1><div class="field field--name-field-date"><div class="field__label">Published</div><div class="field__item"><time datetime="{story.at:%Y-%m-%dT12:00:00Z}">{_shown(story)}</time></div></div><div class="field field--name-field-author"><div class="field__label">Author</div><div class="field__item">{story.author}</div></div>
<div class="field field--name-body field--type-text-with-summary">{paragraphs(story.paragraphs)}</div><div class="field field--name-field-media-contact"><div class="field__label">Media contacts</div><div class="field__item">Pat Lee, pat@{story.host}, 555-0101</div></div><div class="field field--name-field-topics"><div class="field__label">Topics</div><div class="field__item"><a href="/t">Rivers</a></div></div></article><div class="block-news-recent"><h2>Latest news</h2><div class="views-row"><h3><a href="/x">Ten soups for a cold week</a></h3><p>January 3, 2017</p></div></div></main><footer><p>12 College Road</p><p>© 2026 {story.outlet}</p></footer>"""
    return Shape(document(_head(story), body), story.paragraphs)


def antipodes(story: Made) -> Shape:
    """A public broadcaster of the south: a box of what is in short, posted and updated, a link to copy, “Loading…”."""
    body = f"""{menu()}<main><article id="body"><h1 data-component="Heading">{story.title}</h1><div data-component="Byline"><p>By <a href="/a">{story.author}</a></p></div><p class="TopicTag">Topic:<a href="/t">Courts and Trials</a></p><div data-component="Dateline"><span>{story.at:%a} {story.at.day} {story.at:%b %Y} at 8:30am</span><span>Updated Mon 1 Dec 2025 at 10:00am</span></div><figure><img><figcaption>The hall, where more than two hundred people met. <cite>(ABX News: Jo Doe)</cite></figcaption></figure>
<div class="ArticleRender"><section data-component="KeyPoints"><h2>In short:</h2><p>The matter has been put off again.</p><h2>What's next?</h2><p>Another meeting will be held.</p></section>{paragraphs(story.paragraphs[:3], ' class="paragraph_paragraph__iYReA"')}<div data-component="EmbedBlock"><p>Loading…</p></div>{paragraphs(story.paragraphs[3:], ' class="paragraph_paragraph__iYReA"')}</div><div data-component="ShareLinks"><span>Copy link</span><span>Facebook</span></div></article><section><h2>Top Stories</h2><ul><li><a href="/x">Cat stuck in tree for third time</a></li></ul></section></main>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} - {}"), body), story.paragraphs)


def indian_daily(story: Made) -> Shape:
    """A daily of India: the place behind the time, “Also read”, a line on what was published when, who to follow."""
    body = f"""{menu()}<section class="storyline"><div class="articlepage"><h1 class="title" itemprop="name">{story.title}</h1><h2 class="sub-title">{story.lead}</h2><div class="update-publish-time"><p class="publish-time-new">Updated - December 01, 2025 10:00 am IST</p><p class="publish-time">Published - {story.at:%B %d, %Y %I:%M %p} IST - Port Meren</p></div><div class="author"><a class="person-name" href="/p">{story.author}</a></div>
<div class="articlebodycontent" itemprop="articleBody">{paragraphs(story.paragraphs[:2])}<div class="related-topics-list"><p><b>ALSO READ | <a href="/x">Ten soups for a cold week</a></b></p></div>{paragraphs(story.paragraphs[2:])}<p class="publish-time">Published - {story.at:%B %d, %Y %I:%M %p} IST</p><div class="related-topics"><p>Related Topics</p><a href="/t">election</a></div></div><div class="comments-shares"><p>Comments have to be in English, and in full sentences. They cannot be abusive or personal.</p></div></div></section>{others()}{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} - {}"), body), (story.lead, *story.paragraphs))


def spoken(story: Made) -> Shape:
    """A radio's transcript of what it sent: names in capitals, music in brackets, its terms behind."""
    turns = (
        f"ARI HOLT, HOST: {story.paragraphs[0]}",
        f"FAY LUND, BYLINE: {story.paragraphs[2]}",
        "(SOUNDBITE OF MUSIC)",
        f"HOLT: {story.paragraphs[3]}",
        "LUND: That is all we know for now, Ari, and it may be all that we will know this year.",
    )
    body = f"""{menu()}<main><article class="transcript"><h1>{story.title}</h1><p class="program-block">Heard on <a href="/p">Morning Hour</a></p><p class="byline__name">{story.author}</p><time datetime="{story.at.isoformat()}">{_shown(story)} 5:03 AM ET</time><div class="transcript storytext">{paragraphs(turns)}<p class="disclaimer">Copyright © 2026 {story.outlet}. All rights reserved. Visit our website terms of use and permissions pages for further information.</p><p class="disclaimer">Transcripts are created on a rush deadline by a contractor. This text may not be in its final form and may be updated or revised in the future.</p></div></article></main>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} : {}"), body), turns)


def gallery(story: Made) -> Shape:
    """A paper with a gallery between its paragraphs, each caption twice, and buttons to show more."""
    slides = "".join(
        f'<li class="slide"><span>{at} of 3</span><div class="caption">Volunteers carry sandbags to the door of number {at} on Sunday. <span>Jo Doe/Staff</span></div></li>'
        for at in (1, 2, 3)
    )
    body = f"""{menu()}<article class="article--wrapper"><header class="article--header"><div class="breadcrumbs"><a href="/{story.section}">{story.section}</a></div><h1>{story.title}</h1><div class="byline"><span>By <a href="/a" rel="author">{story.author}</a>, Staff Writer</span> <time class="article--date" datetime="{story.at.isoformat()}">{story.at:%b} {story.at.day}, {story.at.year}</time></div></header><section class="body">{paragraphs(story.paragraphs[:2])}<div class="asset_gallery"><ul>{slides}</ul><div class="controls"><button>Show More</button><button>Show Less</button></div></div>{paragraphs(story.paragraphs[2:])}<p><em>{story.author} is a staff writer. Email: <a href="mailto:x@x.example">x@{story.host}</a> Twitter: <a href="https://twitter.com/x">@x</a></em></p></section></article>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{}"), body), story.paragraphs)


def consent_first(story: Made) -> Shape:
    """A site whose first and longest text is what it asks its readers to agree to."""
    ask = "".join(
        f"<p>We and our 842 partners store or access information on devices, such as cookies, and process personal data for purpose {at}. You may click to consent to our and our partners’ processing as described above.</p>"
        for at in range(1, 9)
    )
    body = f"""<div id="consent" class="qc-cmp2-container" role="dialog"><h2>We value your privacy</h2>{ask}<button>AGREE</button><button>MORE OPTIONS</button></div>{menu()}<div id="page"><article><h1>{story.title}</h1><div class="info"><span class="writer">{story.author}</span><span class="when">{story.at.day} {story.at:%B %Y}</span></div><div class="txt">{paragraphs(story.paragraphs)}</div></article></div>{footer(story)}"""
    return Shape(document(_head(story, script(news(story)), title="{} | {}"), body), story.paragraphs)


def platform(story: Made) -> Shape:
    """A platform on which anybody writes: minutes to read, “Listen”, “Share”, claps, who follows whom."""
    body = f"""<div><a href="/">Open in app</a><a>Sign up</a><a>Sign in</a></div><article><div><section><h1 class="pw-post-title">{story.title}</h1><h2 class="pw-subtitle-paragraph">{story.lead}</h2><div class="speechify-ignore"><a href="/@w">{story.author}</a> · <a>Follow</a><span>Published in <a href="/p">{story.outlet}</a></span> <span>4 min read</span> · <span data-testid="storyPublishDate">{story.at:%b} {story.at.day}, {story.at.year}</span><div>--</div><div>12</div><div>Listen</div><div>Share</div></div>{paragraphs(story.paragraphs, ' class="pw-post-body-paragraph"')}</section></div></article><div class="below"><div>312 Followers</div><p>Writes about boats.</p><div>More from {story.author}</div><div><h2>Ten soups for a cold week</h2><div>Jan 3, 2017</div></div></div><footer><a>Help</a><a>Status</a></footer>"""
    return Shape(
        document(_head(story, script(news(story)), title="{} | by X | {}"), body), (story.lead, *story.paragraphs)
    )


def counted(story: Made) -> Shape:
    """A local paper's story of an election: a table of who got what, a list of where, a correction at the end."""
    table = "<table><thead><tr><th>Candidate</th><th>Votes</th></tr></thead><tbody><tr><td>Rita Sandoval</td><td>14,201</td></tr><tr><td>Hank Moss</td><td>13,118</td></tr></tbody></table>"
    places = "<ul><li>The Elks Lodge counted first, by hand, and was done by nine.</li><li>The library on Vine Street counted last.</li></ul>"
    body = f"""{menu()}<main><article class="post"><header><h1 class="entry-title">{story.title}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{story.at.isoformat()}">{_shown(story)}</time><time class="updated" datetime="2025-12-01T10:00:00+00:00">December 1, 2025</time></span> <span class="author vcard">by <a class="url fn n" href="/a">{story.author}</a></span></div></header><div class="entry-content">{paragraphs(story.paragraphs[:3])}{table}{paragraphs(story.paragraphs[3:4])}{places}{paragraphs(story.paragraphs[4:])}<p><em>Correction: An earlier version of this story misstated the year in which the wall fell.</em></p><div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li></ul></div></div></article></main>{others("aside", "widget", "Recent Posts")}{footer(story)}"""
    text = (*story.paragraphs[:3], "Candidate | Votes", "Rita Sandoval | 14,201", "Hank Moss | 13,118", story.paragraphs[3], "The Elks Lodge counted first, by hand, and was done by nine.", "The library on Vine Street counted last.", *story.paragraphs[4:], "Correction: An earlier version of this story misstated the year in which the wall fell.")  # fmt: skip
    return Shape(document(_head(story, script(news(story)), title="{} – {}"), body), text)


UNSEEN: tuple[Template, ...] = (
    wire_of_abroad, chain_tabloid, cable_news, small_town, long_read, live_blog, newswire_release, letter_for_payers,
    told_in_elements, posts_of_others, night_zones, with_tickers, old_fonts, undeclared, empty_shell, student_paper,
    university, antipodes, indian_daily, spoken, gallery, consent_first, platform, counted,
)  # fmt: skip
