"""Where a sentence of Thai or Lao may end: at a blank, since neither has a mark for it. Pure.

    ประเทศไทยมีประชากร 66 ล้านคน | กรุงเทพมหานครเป็นเมืองหลวง …

A blank parts clauses, and also stands around numbers, foreign words and the items of a list. So a blank is an
end only between two words of the language, behind a stretch that is long enough for a sentence, and not
before a word that goes on with what was said.
"""

import re
from collections.abc import Iterator

# Shorter stretches are clauses or items of a list; sentences of Thai news have about 100 letters.
SHORTEST = 40
_SCRIPT = "\u0e00-\u0e7f\u0e80-\u0eff"
# และ หรือ ที่ ซึ่ง โดย เพื่อ กับ …: and, or, that, which, by, in order to, with, of, in, from, such as, namely …
_GOES_ON = (
    "และ|หรือ|ที่|ซึ่ง|โดย|เพื่อ|กับ|ของ|ใน|จาก|ว่า|เช่น|ให้|ได้แก่|คือ|ตาม|ด้วย|จึง|แล้ว|พร้อม|รวม|อาทิ|ก็|ถึง|ต่อ|อัน|"
    "ແລະ|ຫຼື|ທີ່|ຊຶ່ງ|ໂດຍ|ເພື່ອ|ກັບ|ຂອງ|ໃນ|ຈາກ|ວ່າ|ເຊັ່ນ"
)
_BLANK = re.compile(rf"(?<=[{_SCRIPT}])[ \u00a0]+(?=[{_SCRIPT}])(?!(?:{_GOES_ON}))")


def cuts(line: str, offset: int = 0) -> Iterator[int]:
    """Where sentences of a line may begin, counted from ``offset``; nothing for lines of other scripts."""
    last = 0
    for blank in _BLANK.finditer(line):
        if blank.start() - last >= SHORTEST and len(line) - blank.end() >= SHORTEST // 2:
            last = blank.end()
            yield offset + last
