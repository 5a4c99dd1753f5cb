"""An article with its sources, on a small real web: what the end-to-end tests tell their story with."""

from tests.web import Web

ARTICLE = """<!doctype html><html lang="en"><head><title>The harbour is silting up</title>
<meta name="author" content="Ada Keel">
<meta property="article:published_time" content="2026-01-05T08:00:00Z">
<link rel="stylesheet" href="/style.css"></head><body>
<nav><a href="/">Home</a> <a href="/tags/harbour">harbour</a></nav>
<article><h1>The harbour is silting up</h1>
<p>The harbour authority dredged 15,000 tonnes of mud from the basin in 2025,
according to <a href="/report">its yearly report</a>.
The work took eleven weeks.</p>
<p>“We will not dredge the north quay again before the spring,” the harbour master said
in <a href="/moved">an interview with Radio Quay</a>. Fishermen have asked for the opposite since last
autumn.</p>
<p>A study of the currents in the bay was <a href="/gone">published two years ago</a> and is no longer
online.</p>
<h2>What comes next</h2>
<p>The council will vote on a new breakwater in March, and several members
have said that they oppose it.</p>
</article><footer><a href="https://social.example/share">Share</a></footer></body></html>"""

REPORT = """<!doctype html><html lang="en"><head><title>Yearly report 2025</title></head>
<body><article>
<h1>Yearly report 2025</h1><p>This report describes the year 2025 in the port, its ships and its people.</p>
<p>In 2025 the harbour authority dredged 14,000 tonnes of mud from the basin, more than in any year
before.</p>
<p>Nine ferries called at the port each day, and the fish market sold as much as in 2024.</p>
</article></body></html>"""

INTERVIEW = """<!doctype html><html lang="en"><head><title>The harbour master speaks</title></head>
<body><article>
<h1>The harbour master speaks</h1>
<p>Radio Quay met the harbour master on the north quay on a windy morning.</p>
<p>“We will not dredge the north quay again before the spring,” she said. The fishermen were angry.</p>
<p>She added that the pumps are old, that the crew is small, and that money is short this year.</p>
</article></body></html>"""


def tell(web: Web) -> None:
    """Put the article and its sources on a server: one moved, one gone, one plain."""
    web.page("/article", ARTICLE)
    web.page("/report", REPORT)
    web.moved("/moved", "/interview", 301)
    web.page("/interview", INTERVIEW)
    web.page("/style.css", "body { color: black }", "text/css")
