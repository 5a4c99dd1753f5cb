"""What people say of nouns, checked and written: one door for command line and site. A folder's face."""

from archive.saying.correcting import correct, named_people, retract
from archive.saying.desk import Act, Desk
from archive.saying.equating import equate, part
from archive.saying.judging import judge
from archive.saying.naming import Named, known, name, sayable
from archive.saying.ordering import collect, collection_name, drop, forget, remark, tag, untag
from archive.saying.restricting import lift, restrict
from archive.saying.voice import Voice

__all__ = [
    "Act",
    "Desk",
    "Named",
    "Voice",
    "collect",
    "collection_name",
    "correct",
    "drop",
    "known",
    "equate",
    "forget",
    "judge",
    "lift",
    "name",
    "named_people",
    "part",
    "remark",
    "restrict",
    "retract",
    "sayable",
    "tag",
    "untag",
]
