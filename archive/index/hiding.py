"""What a restriction hides, as SQL: a snapshot, and whatever brought the same bytes from the same address.

Another archive that was merged, or a file of another tool, may hold the very bytes of a restricted snapshot
as an answer of its own: its words are the same words, and are hidden whenever they come in. Empty answers,
as redirects have, are nobody's words. A restriction in an imported file hides nothing of the archive's own.
"""

_EMPTY = (
    "('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',"
    " 'sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709')"
)
_TWIN = f"t.digest = s.digest AND t.urlkey = s.urlkey AND t.digest NOT IN {_EMPTY}"
# All snapshots that are hidden.
SNAPSHOTS = f"""SELECT snapshot FROM restrictions WHERE in_force
    UNION SELECT t.id FROM restrictions r JOIN snapshots s ON s.id = r.snapshot JOIN snapshots t ON {_TWIN}
    WHERE r.in_force AND (r.file NOT LIKE 'imported/%' OR t.file LIKE 'imported/%')"""
# The restrictions that hide one snapshot (``?1``).
OF_SNAPSHOT = f"""SELECT id FROM restrictions WHERE snapshot = ?1 AND in_force
    UNION SELECT r.id FROM snapshots s JOIN snapshots t ON {_TWIN} JOIN restrictions r ON r.snapshot = t.id
    WHERE s.id = ?1 AND r.in_force AND (r.file NOT LIKE 'imported/%' OR s.file LIKE 'imported/%')"""
