"""What the bot says about itself: how to ask, and what it keeps. Written here, so it is markdown as it stands."""

HOW_TO_ASK = (
    "Ask me who said what in the stories I hold, such as: what did NAME say about TOPIC? "
    "Reply to my answer to ask further."
)
HELP = """\
**Mention me**, **reply to me**, or write to me **in private**, with a question such as
> what did NAME say about TOPIC?
> who said that WORDS?
> when did it happen?
Reply to my answer to ask further: *and NAME?*

`/ask` a question · `/speaker` what somebody said · `/speakers` who speaks · `/stories` what I hold
`/whosaid` who said some words · `/check` whether a quotation is right · `/export` somebody's words as a file
`/story add` a story: an address, a file or text · `/story show`, `remove`, `refresh`, `here` · `/settings`
Right-click a message, then Apps: **Ask about this** or **Check this quote**

Words beside a bar are somebody's own, exactly as the story has them. Words without one are the reporter's.
What was denied or not said is marked so. When the stories do not say, I tell you so."""
PRIVACY = """\
**What I read**: messages that mention me or reply to me, what you write to me in private, and what you give a command.
**What I keep**: the stories that are added, apart for each server and for each person in private; a server's \
settings; questions that found no answer, without who asked them; and what you say of an answer (👍, 👎, wrong \
speaker), under the number of your account, so that you can change it.
For an hour I keep which messages I have answered, by their numbers alone.
**What I do not keep**: your other questions, who asked them, and anything that people write, be it on my disk or in \
my logs.
**What stays on Discord**: my replies, like any message. The buttons under a reply hold the number of the account that \
asked, so that only you turn its pages; it goes when the reply is deleted."""
NOTHING_THERE = "There are no words in that message that I could read."
