"""Which record carries which fact: the WARC profile of this archive, written by Log and read by facts.

    exchange     request, response | revisit, metadata urn:pincite:exchange:<uuid of the response>
    document     resource,                     metadata urn:pincite:exchange:<uuid of the resource>
    failure      [request,]                    metadata urn:pincite:failure:<id>
    text         [conversion,]                 metadata (application/warc-fields)
    reading                                    metadata urn:pincite:reading:<id>
    statement                                  metadata urn:pincite:<kind>:<id>

What belongs together stands together, in this order, so that a reader holds back one record at most.
"""

from archive.warc.profile.facts import Fact, facts
from archive.warc.profile.info import Info
from archive.warc.profile.log import Log

__all__ = ["Fact", "Info", "Log", "facts"]
