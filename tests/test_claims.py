"""Claims: what asserts something is one, in many languages; headings, calls, credits and labels are none."""

import pytest

from archive.model import Heading
from ingest.citations import read_article
from ingest.citations.assertion import asserts
from ingest.extract.page import Links
from tests.made_articles import plain

ASSERTED = [
    "The crane of Halden cost 15,000 kroner.",
    "Donated blood saved three people in Caracas.",
    "Downloads of the app rose 5% in May.",
    "Click-through rates rose to 5 percent.",
    "Getty Images sued Stability AI in 2023.",
    "Google will drop third-party cookies in 2024.",
    "The newsletter has 5,000 readers.",
    "Copyright law protects authors for seventy years.",
    "“Subscribe to our newsletter,” he told the crowd.",
    "Photos: A boy holds a flag in Caracas on Jan. 3, 2026, after forces captured the president.",
    "For more than a decade, officials check every bag.",
    "Related diseases kill thousands every year.",
    "Benioff intimately understands the benefits of that collaboration.",
    "Read this fact: There are now more than 12,500 cameras in its schools.",
    "This story is about a mill.",
    "Minister Vogel sagte: „Wir sind froh.“",
    "Hier geht es um 300 Arbeitsplätze in der Region.",
    "米軍は1月3日にマドゥロ大統領を拘束した",
    "ประเทศไทยมีประชากร 66 ล้านคน",
    "ລາວ ມີ ປະຊາກອນ 7 ລ້ານຄົນ ໃນປີ 2020",
]
NOT_ASSERTED = [
    "Who was there?",
    "„Ist das wahr?“",
    "Magnifying glass focusing on Venezuela and Colombia on map.",
    "Subscribe to our newsletter.",
    "Get the latest updates right in your inbox.",
    "Share this article on Facebook or Twitter.",
    "We use cookies to improve your experience on our site.",
    "If you buy something through this post, we may earn a commission.",
    "For more information on the pump, please visit: www.example.org",
    "Read more: The road to ruin is paved with good intentions",
    "[Related: What the keynote said of clouds, music and protestors]",
    ">> Mehr lesen: Erfahrt mehr über das Bad in Waltersdorf!",
    "Lesen Sie hier: Spielabbruch ist in der Kreisliga nicht selten",
    "(También puede leer: Quintero dijo que en Antioquia planearían asesinar a Petro)",
    "相关阅读：美国总统访问北京并会见国家主席",
    "请订阅我们的通讯。",
    "اشترك في نشرتنا الإخبارية.",
    "Đăng ký nhận bản tin của chúng tôi ngay hôm nay.",
    "Ole Berg (@oleberg@social.example) May 4, 2021 on the crane of Halden",
    "詳しくはこちら。",
    "Photo: Jo Doe / AP",
    "Featured image: Tetbir Salim via Unsplash",
    "(Reporting by Will Dunham; Editing by Tom Brown)",
    "—Hagrid and his friend using the spell to extinguish the burning hut",
    "5:45 AM PST 11/19/2019 by Patrick Shanley",
    "SEAN SPICER ELIMINATED FROM 'DANCING WITH THE STARS'",
    "Court makes final decision on game amid turmoil [VIDEO]",
    "Meanwhile, at the shop, those who were there can",
    ">>> foo = bar(1) is what you have to say here",
    '"a":"Bitte geben Sie Ihre Daten ein","b":"ist nicht gut"',
]


@pytest.mark.parametrize("sentence", ASSERTED)
def test_what_asserts_something_is_a_claim(sentence: str) -> None:
    assert asserts(sentence, sentence, True)


@pytest.mark.parametrize("sentence", NOT_ASSERTED)
def test_what_asserts_nothing_is_none(sentence: str) -> None:
    assert not asserts(sentence, sentence, True)


def claimed(body: str, *headings: int) -> list[str]:
    found = read_article("t", body, [Heading(start, 2) for start in headings], Links())
    return [claim.passage.exact for claim in found.claims]


def test_cells_of_a_table_are_claims_where_they_are_sentences() -> None:
    line = "Lia | 1994 | She conjured water without a word in the first task. Nobody else had done so before."
    assert claimed(f"Who | When | What\n{line}\n") == [
        "She conjured water without a word in the first task.",
        "Nobody else had done so before.",
    ]


def test_a_sentence_in_a_language_without_spaces_is_known_by_most_of_its_letters() -> None:
    assert claimed("Toyota (トヨタ) and Sony (ソニー)\n") == []


def test_items_of_a_list_are_claims_without_their_bullets() -> None:
    body = "Facts\n\n• U.S. forces captured the president on Jan. 3\n• It took five hours, and\n• Outlook\n"
    assert claimed(body, 0) == ["U.S. forces captured the president on Jan. 3", "It took five hours, and"]


def test_a_first_line_that_is_a_sentence_is_no_title_and_loses_no_claim() -> None:
    first = "A ferry sank near the town of Sund in 1990, killing twelve."
    extraction, found = plain(f"{first}\n\nIt had left Holm an hour before.")
    assert extraction.metadata.title is None
    assert [claim.passage.exact for claim in found.claims] == [first, "It had left Holm an hour before."]
    titled, _ = plain("Dr. Quill v. The Mill Co.\n\nThe court heard the case in 1990.")
    assert titled.metadata.title == "Dr. Quill v. The Mill Co."
