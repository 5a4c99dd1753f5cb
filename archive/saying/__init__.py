"""What people say of nouns, checked and written: one door for command line and site. A folder's face."""

from archive.saying.correcting import correct, named_people, retract
from archive.saying.desk import Act, Desk
from archive.saying.equating import equate, part
from archive.saying.judging import judge
from archive.saying.ordering import collect, drop, forget, remark, tag, untag
from archive.saying.restricting import lift, restrict
from archive.saying.voice import Voice

__all__ = [
    "Act",
    "Desk",
    "Voice",
    "collect",
    "correct",
    "drop",
    "equate",
    "forget",
    "judge",
    "lift",
    "named_people",
    "part",
    "remark",
    "restrict",
    "retract",
    "tag",
    "untag",
]
