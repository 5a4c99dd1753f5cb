-- The index: a fold over the WARC files, made anew by `pincite rebuild` at any time.
--
-- Rows state facts; whatever can change is a view. Each row names the record that states it
-- (file, offset); where several records state the same fact, the row of the smallest (file, offset) stands.
-- Ids are intrinsic. Lists and objects are JSON text. Foreign keys are declared, so that tables link to
-- each other, but not enforced: facts come in any order, and what they point to may lie in another archive.
-- The comments are the data dictionary; metadata.yml repeats them, and a test compares the two.

CREATE TABLE warcs ( -- Stored WARC and WACZ files, and what the first warcinfo of each says.
  name TEXT PRIMARY KEY,               -- name in the store, with its folders
  size INTEGER NOT NULL,               -- size in bytes
  records INTEGER NOT NULL,            -- how many whole records it holds
  date TEXT,                           -- WARC-Date of its warcinfo, UTC
  software TEXT,                       -- what wrote it, as the warcinfo says
  operator TEXT,                       -- who ran that software, as the warcinfo says
  imports TEXT REFERENCES warcs(name), -- the imported file whose pages it holds the texts of
  imported_as TEXT,                    -- base name that the imported file came with
  damage INTEGER NOT NULL,             -- how many places in it could not be read
  file TEXT NOT NULL,                  -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL              -- first byte of that record in the file
) STRICT;

CREATE TABLE snapshots ( -- Archived answers to page requests: pages, redirects and errors.
  id TEXT PRIMARY KEY,             -- intrinsic id, 16 symbols without hyphens
  uri TEXT NOT NULL,               -- target URI as written in the record
  urlkey TEXT NOT NULL,            -- look-up key of the URI (SURT)
  date TEXT NOT NULL,              -- WARC-Date as written, UTC: when the visit began
  timestamp TEXT,                  -- the same instant as 14 digits, UTC; NULL where the date is none
  site TEXT NOT NULL,              -- host of the URI without www; empty where it has none
  digest TEXT NOT NULL,            -- payload digest as alg:hex; of a revisit the one that it states
  record_type TEXT NOT NULL,       -- WARC-Type: response, resource or revisit
  record_id TEXT NOT NULL,         -- WARC-Record-ID without angle brackets; not unique in foreign files
  status INTEGER,                  -- HTTP status code; NULL where there was no HTTP
  mime TEXT,                       -- media type as the server stated it
  media TEXT,                      -- media type identified from the bytes
  payload_length INTEGER NOT NULL, -- length of the payload in bytes; 0 for a revisit
  redirects_to TEXT,               -- absolute URI of the next hop of a redirect
  redirects_urlkey TEXT,           -- look-up key of the next hop
  refers_to_id TEXT,               -- of a revisit: Record-ID of the record that it repeats
  refers_to_uri TEXT,              -- of a revisit: target URI of the record that it repeats
  refers_to_date TEXT,             -- of a revisit: WARC-Date of the record that it repeats
  truncated TEXT,                  -- why the answer was cut: length, time or disconnect
  ip TEXT,                         -- IP address that answered
  protocols TEXT NOT NULL,         -- WARC-Protocol values as a JSON list
  tls_version TEXT,                -- TLS version of the connection, for example TLSv1.3
  cipher TEXT,                     -- TLS cipher suite of the connection
  provenance TEXT,                 -- JSON object: role, TLS, certificates (PEM), DNS answers, robots decision, via
  origin TEXT NOT NULL,            -- fetched (by us), imported (from a file) or supplied (by a person)
  origin_detail TEXT NOT NULL,     -- what made the file that it was imported from, or who supplied it; empty if fetched
  name TEXT,                       -- base name of a local file
  fault TEXT,                      -- what is wrong with the record, in words; NULL where nothing is
  file TEXT NOT NULL,              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,         -- first byte of that record in the file
  length INTEGER NOT NULL          -- stored length of that record in bytes
) STRICT;

CREATE TABLE requisites ( -- Archived answers that are no pages: style sheets, images, fonts, scripts, robots.txt.
  id TEXT PRIMARY KEY,             -- intrinsic id, 16 symbols without hyphens
  uri TEXT NOT NULL,               -- target URI as written in the record
  urlkey TEXT NOT NULL,            -- look-up key of the URI (SURT)
  date TEXT NOT NULL,              -- WARC-Date as written, UTC: when the visit began
  timestamp TEXT,                  -- the same instant as 14 digits, UTC; NULL where the date is none
  site TEXT NOT NULL,              -- host of the URI without www; empty where it has none
  digest TEXT NOT NULL,            -- payload digest as alg:hex; of a revisit the one that it states
  record_type TEXT NOT NULL,       -- WARC-Type: response, resource or revisit
  record_id TEXT NOT NULL,         -- WARC-Record-ID without angle brackets; not unique in foreign files
  status INTEGER,                  -- HTTP status code; NULL where there was no HTTP
  mime TEXT,                       -- media type as the server stated it
  media TEXT,                      -- media type identified from the bytes
  payload_length INTEGER NOT NULL, -- length of the payload in bytes; 0 for a revisit
  redirects_to TEXT,               -- absolute URI of the next hop of a redirect
  redirects_urlkey TEXT,           -- look-up key of the next hop
  refers_to_id TEXT,               -- of a revisit: Record-ID of the record that it repeats
  refers_to_uri TEXT,              -- of a revisit: target URI of the record that it repeats
  refers_to_date TEXT,             -- of a revisit: WARC-Date of the record that it repeats
  truncated TEXT,                  -- why the answer was cut: length, time or disconnect
  ip TEXT,                         -- IP address that answered
  protocols TEXT NOT NULL,         -- WARC-Protocol values as a JSON list
  tls_version TEXT,                -- TLS version of the connection, for example TLSv1.3
  cipher TEXT,                     -- TLS cipher suite of the connection
  provenance TEXT,                 -- JSON object: role, TLS, certificates (PEM), DNS answers, robots decision, via
  origin TEXT NOT NULL,            -- fetched (by us), imported (from a file) or supplied (by a person)
  origin_detail TEXT NOT NULL,     -- what made the file that it was imported from, or who supplied it; empty if fetched
  name TEXT,                       -- base name of a local file
  fault TEXT,                      -- what is wrong with the record, in words; NULL where nothing is
  file TEXT NOT NULL,              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,         -- first byte of that record in the file
  length INTEGER NOT NULL          -- stored length of that record in bytes
) STRICT;

CREATE TABLE recordings ( -- Which stored files record which answers; the same answer may lie in several.
  answer TEXT NOT NULL,    -- the snapshot or requisite
  urlkey TEXT NOT NULL,    -- look-up key of its URI
  date TEXT NOT NULL,      -- its WARC-Date as written
  file TEXT NOT NULL,      -- stored WARC file that records it
  offset INTEGER NOT NULL, -- first byte of its first record there
  PRIMARY KEY (file, answer)
) STRICT;

CREATE TABLE failures ( -- Visits that brought no answer.
  id TEXT PRIMARY KEY,     -- intrinsic id, 16 symbols without hyphens
  uri TEXT NOT NULL,       -- address that was asked for
  urlkey TEXT NOT NULL,    -- look-up key of the address (SURT)
  date TEXT NOT NULL,      -- when the visit began, UTC, as a WARC-Date
  timestamp TEXT,          -- the same instant as 14 digits, UTC
  site TEXT NOT NULL,      -- host of the address without www
  reason TEXT NOT NULL,    -- one word: dns, refused, timeout, blocked, too-large, tls, robots …
  detail TEXT NOT NULL,    -- what happened, in words
  role TEXT NOT NULL,      -- what was asked for: page, requisite or robots
  file TEXT NOT NULL,      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL, -- first byte of that record in the file
  length INTEGER NOT NULL  -- stored length of that record in bytes
) STRICT;

CREATE TABLE texts ( -- Texts of record: what an extractor made of a snapshot, and what the page says of itself.
  id TEXT PRIMARY KEY,                             -- intrinsic id, 16 symbols without hyphens
  snapshot TEXT NOT NULL REFERENCES snapshots(id), -- the snapshot that the text was made of
  extractor TEXT NOT NULL,                         -- name and version of the extractor
  digest TEXT NOT NULL,                            -- sha256:hex of the text in UTF-8
  body TEXT,                                       -- the text, NFC and LF, offsets count code points; NULL while restricted
  reason TEXT,                                     -- why no text could be made; NULL where one was
  characters INTEGER NOT NULL,                     -- length of the text in code points
  title TEXT,                                      -- title as extracted
  authors TEXT NOT NULL,                           -- authors as a JSON list of names
  date TEXT,                                       -- publication date as written
  date_iso TEXT,                                   -- the same as an ISO date; no zone is invented
  date_rule TEXT,                                  -- what gave the date: json-ld, meta, time, address, guess, pdf or given
  site TEXT,                                       -- name that the site gives itself
  language TEXT,                                   -- language tag
  licence TEXT,                                    -- licence as stated
  description TEXT,                                -- summary that the page gives of itself; NULL while restricted
  canonical TEXT,                                  -- address that the page calls canonical
  canonical_source TEXT,                           -- key of the source that this address belongs to
  doi TEXT,                                        -- DOI that the page gives itself
  robots TEXT NOT NULL,                            -- robots directives of the page as a JSON list
  share REAL,                                      -- how much of the page's visible characters became text, 0 to 1
  headings TEXT NOT NULL,                          -- JSON list of [start, level] for each heading of the text
  pages TEXT NOT NULL,                             -- JSON list of printed page labels, where the text has pages
  cite_key TEXT,                                   -- BibTeX key pinned with this text
  file TEXT NOT NULL,                              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                         -- first byte of that record in the file
  length INTEGER NOT NULL                          -- stored length of that record in bytes
) STRICT;

CREATE TABLE readings ( -- Readings: all findings over one article text by one method.
  id TEXT PRIMARY KEY,                             -- intrinsic id, 16 symbols without hyphens
  snapshot TEXT NOT NULL REFERENCES snapshots(id), -- the article's snapshot
  text TEXT NOT NULL REFERENCES texts(id),         -- the article's text that was read
  uri TEXT NOT NULL,                               -- target URI of the article's snapshot
  date TEXT NOT NULL,                              -- WARC-Date of the article's snapshot
  digest TEXT NOT NULL,                            -- payload digest of the article's snapshot
  method TEXT NOT NULL,                            -- name and version of the method
  creator TEXT NOT NULL,                           -- who said so
  created TEXT NOT NULL,                           -- when it was said, UTC, as a WARC-Date
  sources TEXT NOT NULL,                           -- JSON list of the texts searched: text, snapshot, uri, date, digest
  file TEXT NOT NULL,                              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                         -- first byte of that record in the file
  length INTEGER NOT NULL                          -- stored length of that record in bytes
) STRICT;

CREATE TABLE reading_claims ( -- What became of each claim in a reading.
  reading TEXT NOT NULL REFERENCES readings(id), -- the reading
  claim TEXT NOT NULL REFERENCES claims(id),     -- the claim
  position INTEGER NOT NULL,                     -- place among the reading's claims, from 0, in text order
  outcome TEXT,                                  -- matched, nothing-found, source-not-captured, no-text, not-compared or uncited
  section TEXT,                                  -- heading that the claim stands under; NULL while restricted
  file TEXT NOT NULL,                            -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                       -- first byte of that record in the file
  PRIMARY KEY (reading, claim)
) STRICT;

CREATE TABLE reading_citations ( -- How each citation stands in the article, as a reading found it.
  reading TEXT NOT NULL REFERENCES readings(id),   -- the reading
  citation TEXT NOT NULL REFERENCES citations(id), -- the citation
  position INTEGER NOT NULL,                       -- place among the reading's citations, from 0, by first appearance
  kind TEXT NOT NULL,                              -- link, note, numbered, author-year, list, quotation, embed or identifier
  start INTEGER,                                   -- first code point in the article's text; NULL where the extractor dropped it
  "end" INTEGER,                                   -- code point after its last
  mark TEXT,                                       -- number as written, for example [3]; NULL while restricted
  heading TEXT,                                    -- heading of the list that it stands in; NULL while restricted
  entry TEXT,                                      -- JSON object of the parsed entry: title, authors, date, container, doi, arxiv, isbn; NULL while restricted
  file TEXT NOT NULL,                              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                         -- first byte of that record in the file
  PRIMARY KEY (reading, citation)
) STRICT;

CREATE TABLE reading_evidence ( -- How each piece of evidence stands in a reading.
  reading TEXT NOT NULL REFERENCES readings(id),   -- the reading
  evidence TEXT NOT NULL REFERENCES evidence(id),  -- the evidence
  citation TEXT NOT NULL REFERENCES citations(id), -- the citation whose source it was found in
  position INTEGER NOT NULL,                       -- place among the reading's evidence, from 0
  tied TEXT NOT NULL,                              -- author (cites it here) or article (lists it for the whole article)
  how TEXT NOT NULL,                               -- quoted or matched
  rank INTEGER NOT NULL,                           -- place among the claim's evidence, 1 is closest
  score REAL NOT NULL,                             -- closeness, 0 to 1
  signals TEXT,                                    -- JSON object of what agrees and differs; NULL while restricted
  file TEXT NOT NULL,                              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                         -- first byte of that record in the file
  PRIMARY KEY (reading, evidence, citation)
) STRICT;

CREATE TABLE claims ( -- Claims: passages of articles that assert something.
  id TEXT PRIMARY KEY,                     -- intrinsic id, 16 symbols without hyphens
  text TEXT NOT NULL REFERENCES texts(id), -- the article's text
  start INTEGER NOT NULL,                  -- first code point of the passage in the text
  "end" INTEGER NOT NULL,                  -- code point after its last
  exact TEXT,                              -- the words themselves; NULL while restricted
  prefix TEXT,                             -- up to 32 code points before them; NULL while restricted
  suffix TEXT,                             -- up to 32 code points after them; NULL while restricted
  pairs TEXT,                              -- letters of scripts without blanks (Chinese, Thai …) in pairs, for search
  n INTEGER NOT NULL UNIQUE,               -- row number for full-text search, local to this file; in no address
  file TEXT NOT NULL,                      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL                  -- first byte of that record in the file
) STRICT;

CREATE TABLE citations ( -- Citations: authors' pointers to sources, as written.
  id TEXT PRIMARY KEY,                     -- intrinsic id, 16 symbols without hyphens
  text TEXT NOT NULL REFERENCES texts(id), -- the article's text
  label TEXT,                              -- words as written: link text, note or entry; NULL while restricted
  uri TEXT NOT NULL,                       -- address as written, absolute; empty where none was
  nth INTEGER NOT NULL,                    -- 0 for the first with this label and address in the text, 1 for the next
  file TEXT NOT NULL,                      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL                  -- first byte of that record in the file
) STRICT;

CREATE TABLE claim_citations ( -- Which citations an author tied to which claim, as a reading found it.
  reading TEXT NOT NULL REFERENCES readings(id),   -- the reading
  claim TEXT NOT NULL REFERENCES claims(id),       -- the claim
  citation TEXT NOT NULL REFERENCES citations(id), -- the citation
  position INTEGER NOT NULL,                       -- place among the claim's citations, from 0
  file TEXT NOT NULL,                              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                         -- first byte of that record in the file
  PRIMARY KEY (reading, claim, citation)
) STRICT;

CREATE TABLE passages ( -- Paragraphs of the texts of record: what full-text search finds.
  text TEXT NOT NULL REFERENCES texts(id), -- the text
  start INTEGER NOT NULL,                  -- first code point of the passage in the text
  "end" INTEGER NOT NULL,                  -- code point after its last
  exact TEXT NOT NULL,                     -- the paragraph
  pairs TEXT,                              -- letters of scripts without blanks (Chinese, Thai …) in pairs, for search
  n INTEGER NOT NULL UNIQUE,               -- row number for full-text search, local to this file; in no address
  file TEXT NOT NULL,                      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                 -- first byte of that record in the file
  PRIMARY KEY (text, start, "end")
) STRICT;

CREATE TABLE resolutions ( -- Resolutions: to which address and snapshot a citation or entry leads.
  id TEXT PRIMARY KEY,                             -- intrinsic id, 16 symbols without hyphens
  citation TEXT NOT NULL REFERENCES citations(id), -- the citation, or an entry
  noun TEXT NOT NULL,                              -- which of the two: citation or entry
  person INTEGER NOT NULL,                         -- 1 where a person said so, 0 for a machine
  state TEXT NOT NULL,                             -- resolved, failed, unresolved, or none (it has no page)
  method TEXT NOT NULL,                            -- how it was found
  uri TEXT,                                        -- address that it leads to
  urlkey TEXT,                                     -- look-up key of that address
  source TEXT,                                     -- key of the source that it belongs to: urlkey without tracking
  snapshot TEXT REFERENCES snapshots(id),          -- snapshot that it leads to, or the error page
  failure TEXT REFERENCES failures(id),            -- the failed visit
  reason TEXT,                                     -- why it leads nowhere, for example http-404 or ambiguous
  steps TEXT,                                      -- JSON list of method, asked, answered; NULL while the article is restricted
  candidates TEXT NOT NULL,                        -- JSON list of near misses: uri, title, score (0 to 1); empty while the article is restricted
  creator TEXT NOT NULL,                           -- who said so
  created TEXT NOT NULL,                           -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,                              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                         -- first byte of that record in the file
  length INTEGER NOT NULL                          -- stored length of that record in bytes
) STRICT;

CREATE TABLE evidence ( -- Evidence: passages of sources close to claims.
  id TEXT PRIMARY KEY,                       -- intrinsic id, 16 symbols without hyphens
  claim TEXT NOT NULL REFERENCES claims(id), -- the claim
  text TEXT NOT NULL REFERENCES texts(id),   -- the source's text
  start INTEGER NOT NULL,                    -- first code point of the passage in the text
  "end" INTEGER NOT NULL,                    -- code point after its last
  method TEXT NOT NULL,                      -- name and version of the method
  exact TEXT,                                -- the words themselves; NULL while restricted
  prefix TEXT,                               -- up to 32 code points before them; NULL while restricted
  suffix TEXT,                               -- up to 32 code points after them; NULL while restricted
  file TEXT NOT NULL,                        -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL                    -- first byte of that record in the file
) STRICT;

CREATE TABLE verdicts ( -- Verdicts: people's judgements on evidence and claims.
  id TEXT PRIMARY KEY,                       -- intrinsic id, 16 symbols without hyphens
  subject TEXT NOT NULL,                     -- the evidence or claim that was judged
  claim TEXT NOT NULL REFERENCES claims(id), -- the claim
  text TEXT REFERENCES texts(id),            -- the source's text; NULL for a verdict on the claim alone
  start INTEGER,                             -- first code point of the judged passage in that text
  "end" INTEGER,                             -- code point after its last
  exact TEXT,                                -- the words themselves; NULL while restricted
  prefix TEXT,                               -- up to 32 code points before them; NULL while restricted
  suffix TEXT,                               -- up to 32 code points after them; NULL while restricted
  verdict TEXT NOT NULL,                     -- supports, partly, contradicts, mentions, unrelated, or none (no source supports it)
  note TEXT,                                 -- the person's remark; NULL while restricted
  creator TEXT NOT NULL,                     -- who said so
  created TEXT NOT NULL,                     -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,                        -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                   -- first byte of that record in the file
  length INTEGER NOT NULL                    -- stored length of that record in bytes
) STRICT;

CREATE TABLE corrections ( -- Corrections: people's values for what a page says of itself.
  id TEXT PRIMARY KEY,     -- intrinsic id, 16 symbols without hyphens
  subject TEXT NOT NULL,   -- the snapshot that is corrected
  field TEXT NOT NULL,     -- title, author, date, site, language or key
  value TEXT NOT NULL,     -- JSON list of values; several for author, none where the page has none
  undoes TEXT,             -- id of the earlier statement that this one withdraws
  creator TEXT NOT NULL,   -- who said so
  created TEXT NOT NULL,   -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL, -- first byte of that record in the file
  length INTEGER NOT NULL  -- stored length of that record in bytes
) STRICT;

CREATE TABLE entries ( -- Entries: sources that a person named before any article cites them.
  id TEXT PRIMARY KEY,     -- intrinsic id, 16 symbols without hyphens
  title TEXT NOT NULL,     -- title of the source
  authors TEXT NOT NULL,   -- JSON list of names
  date TEXT,               -- publication date as given
  uri TEXT,                -- address, where one was given
  urlkey TEXT,             -- look-up key of that address
  doi TEXT,                -- DOI
  isbn TEXT,               -- ISBN
  key TEXT,                -- cite key that it came with
  raw TEXT,                -- the imported entry, whole
  form TEXT,               -- its form, for example bibtex, ris or csl-json
  creator TEXT NOT NULL,   -- who said so
  created TEXT NOT NULL,   -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL, -- first byte of that record in the file
  length INTEGER NOT NULL  -- stored length of that record in bytes
) STRICT;

CREATE TABLE samenesses ( -- Samenesses: two addresses are one source.
  id TEXT PRIMARY KEY,     -- intrinsic id, 16 symbols without hyphens
  a TEXT NOT NULL,         -- one address
  a_urlkey TEXT NOT NULL,  -- its look-up key
  a_source TEXT NOT NULL,  -- key of the source that it belongs to by itself
  b TEXT NOT NULL,         -- the other address
  b_urlkey TEXT NOT NULL,  -- its look-up key
  b_source TEXT NOT NULL,  -- key of the source that it belongs to by itself
  undoes TEXT,             -- id of the earlier statement that this one withdraws
  creator TEXT NOT NULL,   -- who said so
  created TEXT NOT NULL,   -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL, -- first byte of that record in the file
  length INTEGER NOT NULL  -- stored length of that record in bytes
) STRICT;

CREATE TABLE tags ( -- Tags: words that people put on nouns.
  id TEXT PRIMARY KEY,     -- intrinsic id, 16 symbols without hyphens
  subject TEXT NOT NULL,   -- id of any noun
  tag TEXT NOT NULL,       -- the word
  undoes TEXT,             -- id of the earlier statement that this one withdraws
  creator TEXT NOT NULL,   -- who said so
  created TEXT NOT NULL,   -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL, -- first byte of that record in the file
  length INTEGER NOT NULL  -- stored length of that record in bytes
) STRICT;

CREATE TABLE collections ( -- Collections: what people gather under a name.
  id TEXT PRIMARY KEY,      -- intrinsic id, 16 symbols without hyphens
  subject TEXT NOT NULL,    -- id of any noun
  collection TEXT NOT NULL, -- name of the collection
  undoes TEXT,              -- id of the earlier statement that this one withdraws
  creator TEXT NOT NULL,    -- who said so
  created TEXT NOT NULL,    -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,       -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,  -- first byte of that record in the file
  length INTEGER NOT NULL   -- stored length of that record in bytes
) STRICT;

CREATE TABLE notes ( -- Notes: people's remarks on nouns.
  id TEXT PRIMARY KEY,     -- intrinsic id, 16 symbols without hyphens
  subject TEXT NOT NULL,   -- id of any noun
  note TEXT NOT NULL,      -- the remark; empty while what it is on is restricted
  undoes TEXT,             -- id of the earlier statement that this one withdraws
  creator TEXT NOT NULL,   -- who said so
  created TEXT NOT NULL,   -- when it was said, UTC, as a WARC-Date
  file TEXT NOT NULL,      -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL, -- first byte of that record in the file
  length INTEGER NOT NULL  -- stored length of that record in bytes
) STRICT;

CREATE TABLE restrictions ( -- Restrictions: snapshots that must not be shown. Their words are nowhere in this file.
  id TEXT PRIMARY KEY,                             -- intrinsic id, 16 symbols without hyphens
  snapshot TEXT NOT NULL REFERENCES snapshots(id), -- the snapshot
  reason TEXT NOT NULL,                            -- why, in words
  until TEXT,                                      -- ISO date at whose start it ends, UTC; NULL: for good
  undoes TEXT,                                     -- id of the earlier statement that this one withdraws
  creator TEXT NOT NULL,                           -- who said so
  created TEXT NOT NULL,                           -- when it was said, UTC, as a WARC-Date
  in_force INTEGER NOT NULL DEFAULT 0,             -- 1 where it hid the snapshot when this file was last written
  file TEXT NOT NULL,                              -- stored WARC file with the record that states this row
  offset INTEGER NOT NULL,                         -- first byte of that record in the file
  length INTEGER NOT NULL                          -- stored length of that record in bytes
) STRICT;

-- Full-text search. Content spelt exactly so: Datasette finds the search of a table by this quoting alone.
-- Words stand as written (without case and accents), so that "quoted words" and beginnings are right; the
-- forms of a word are looked up among passages_fts_words. Marks (M) belong to words: without them the vowels of
-- Hindi and Thai would part words.

CREATE VIRTUAL TABLE passages_fts USING fts5(
  exact, pairs, content="passages", content_rowid="n",
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
CREATE VIRTUAL TABLE claims_fts USING fts5(
  exact, pairs, content="claims", content_rowid="n",
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
CREATE VIRTUAL TABLE passages_fts_words USING fts5vocab(passages_fts, row);

CREATE TRIGGER passages_written AFTER INSERT ON passages BEGIN
  INSERT INTO passages_fts (rowid, exact, pairs) VALUES (new.n, new.exact, new.pairs);
END;
CREATE TRIGGER passages_changed AFTER UPDATE OF exact ON passages WHEN old.exact IS NOT new.exact BEGIN
  INSERT INTO passages_fts (passages_fts, rowid, exact, pairs)
    VALUES ('delete', old.n, old.exact, old.pairs);
  INSERT INTO passages_fts (rowid, exact, pairs) VALUES (new.n, new.exact, new.pairs);
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
  INSERT INTO passages_fts (passages_fts, rowid, exact, pairs)
    VALUES ('delete', old.n, old.exact, old.pairs);
END;
CREATE TRIGGER claims_written AFTER INSERT ON claims BEGIN
  INSERT INTO claims_fts (rowid, exact, pairs) VALUES (new.n, new.exact, new.pairs);
END;
CREATE TRIGGER claims_changed AFTER UPDATE OF exact ON claims WHEN old.exact IS NOT new.exact BEGIN
  INSERT INTO claims_fts (claims_fts, rowid, exact, pairs)
    VALUES ('delete', old.n, old.exact, old.pairs);
  INSERT INTO claims_fts (rowid, exact, pairs) VALUES (new.n, new.exact, new.pairs);
END;
CREATE TRIGGER claims_removed AFTER DELETE ON claims BEGIN
  INSERT INTO claims_fts (claims_fts, rowid, exact, pairs)
    VALUES ('delete', old.n, old.exact, old.pairs);
END;

CREATE INDEX snapshots_by_address ON snapshots (urlkey, timestamp);
CREATE INDEX snapshots_by_series ON snapshots (urlkey, uri, timestamp);
CREATE INDEX snapshots_by_uri ON snapshots (uri, date);
CREATE INDEX snapshots_by_digest ON snapshots (digest);
CREATE INDEX snapshots_by_record ON snapshots (record_id);
CREATE INDEX snapshots_by_place ON snapshots (file, offset);
CREATE INDEX snapshots_that_redirect ON snapshots (id) WHERE redirects_to IS NOT NULL;
CREATE INDEX snapshots_by_site ON snapshots (site);
CREATE INDEX snapshots_by_date ON snapshots (timestamp);
CREATE INDEX requisites_by_address ON requisites (urlkey, timestamp);
CREATE INDEX requisites_by_digest ON requisites (digest);
CREATE INDEX requisites_by_record ON requisites (record_id);
CREATE INDEX requisites_by_place ON requisites (file, offset);
CREATE INDEX recordings_by_answer ON recordings (answer);
CREATE INDEX recordings_by_address ON recordings (file, urlkey);
CREATE INDEX failures_by_address ON failures (urlkey, timestamp);
-- A row of texts has the whole text before its other columns; what is asked of many at once stands in an index.
CREATE INDEX texts_by_snapshot ON texts (snapshot, file, offset, reason, id);
CREATE INDEX texts_by_title ON texts (title);
CREATE INDEX texts_described ON texts (id, snapshot, date_iso, language, authors);
CREATE INDEX texts_by_key ON texts (cite_key);
CREATE INDEX readings_by_snapshot ON readings (snapshot, created);
CREATE INDEX readings_by_text ON readings (text);
CREATE INDEX reading_claims_by_claim ON reading_claims (claim);
CREATE INDEX reading_claims_by_outcome ON reading_claims (outcome);
CREATE INDEX reading_citations_by_citation ON reading_citations (citation);
CREATE INDEX reading_evidence_by_evidence ON reading_evidence (evidence);
CREATE INDEX reading_evidence_by_citation ON reading_evidence (citation);
CREATE INDEX claim_citations_by_claim ON claim_citations (claim);
CREATE INDEX claim_citations_by_citation ON claim_citations (citation);
CREATE INDEX claims_by_text ON claims (text, start);
CREATE INDEX citations_by_text ON citations (text);
CREATE INDEX citations_by_uri ON citations (uri);
CREATE INDEX evidence_by_claim ON evidence (claim);
CREATE INDEX evidence_by_text ON evidence (text, start);
CREATE INDEX resolutions_by_citation ON resolutions (citation, created);
CREATE INDEX resolutions_by_snapshot ON resolutions (snapshot);
CREATE INDEX resolutions_by_address ON resolutions (urlkey);
CREATE INDEX verdicts_by_subject ON verdicts (subject);
CREATE INDEX verdicts_by_claim ON verdicts (claim);
CREATE INDEX verdicts_by_text ON verdicts (text);
CREATE INDEX corrections_by_subject ON corrections (subject, field);
CREATE INDEX corrections_by_undone ON corrections (undoes);
CREATE INDEX entries_by_address ON entries (urlkey);
CREATE INDEX entries_by_title ON entries (title);
CREATE INDEX entries_by_key ON entries (key);
CREATE INDEX samenesses_by_a ON samenesses (a_urlkey);
CREATE INDEX samenesses_by_b ON samenesses (b_urlkey);
CREATE INDEX tags_by_subject ON tags (subject);
CREATE INDEX tags_by_tag ON tags (tag);
CREATE INDEX collections_by_subject ON collections (subject);
CREATE INDEX collections_by_collection ON collections (collection);
CREATE INDEX notes_by_subject ON notes (subject);
CREATE INDEX tags_by_undone ON tags (undoes);
CREATE INDEX collections_by_undone ON collections (undoes);
CREATE INDEX notes_by_undone ON notes (undoes);
CREATE INDEX samenesses_by_undone ON samenesses (undoes);
CREATE INDEX restrictions_by_snapshot ON restrictions (snapshot);
CREATE INDEX restrictions_by_undone ON restrictions (undoes);
CREATE INDEX restrictions_by_force ON restrictions (in_force);

-- Views: everything that can change. None depends on the time of day, and a record of ours that came in
-- an imported file never outranks one of the archive's own: `file LIKE 'imported/%'` sorts last everywhere.

-- An ORDER BY sees no column of the outer query, hence `snapshots r` once more in each look-up.
CREATE VIEW payloads AS -- Which snapshot holds the payload of a snapshot: itself, or what a revisit refers to.
SELECT
  s.id AS snapshot, -- the snapshot
  CASE WHEN s.record_type <> 'revisit' THEN s.id ELSE coalesce(
    (SELECT t.id FROM snapshots r JOIN snapshots t ON t.record_id = r.refers_to_id AND t.record_type <> 'revisit'
      WHERE r.id = s.id
      ORDER BY t.digest = r.digest DESC, t.uri = coalesce(r.refers_to_uri, r.uri) DESC, t.file = r.file DESC,
        t.file, t.offset LIMIT 1),
    (SELECT t.id FROM snapshots r JOIN snapshots t ON t.uri = r.refers_to_uri AND t.date = r.refers_to_date
        AND t.record_type <> 'revisit'
      WHERE r.id = s.id ORDER BY t.digest = r.digest DESC, t.file, t.offset LIMIT 1),
    (SELECT t.id FROM snapshots r JOIN snapshots t ON t.digest = r.digest AND t.digest LIKE 'sha256:%'
        AND t.record_type <> 'revisit'
      WHERE r.id = s.id ORDER BY t.urlkey = r.urlkey DESC, t.file, t.offset LIMIT 1)
  ) END AS holder -- the snapshot with its payload; NULL where that lies elsewhere
FROM snapshots s;

CREATE VIEW text_in_use AS -- The text of each snapshot: the archive's own before an imported one, then the newest.
SELECT
  p.snapshot AS snapshot, -- the snapshot
  t.id AS text -- the text in use
FROM payloads p JOIN texts t ON t.id = (
  SELECT x.id FROM texts x WHERE x.snapshot = coalesce(p.holder, p.snapshot)
  ORDER BY x.file LIKE 'imported/%', x.reason IS NOT NULL, x.file DESC, x.offset DESC, x.id LIMIT 1);

CREATE VIEW newest_readings AS -- The reading of each article that is shown: the newest by (created, id).
SELECT
  r.snapshot AS snapshot, -- the article's snapshot
  r.id AS reading -- its newest reading
FROM readings r
WHERE NOT EXISTS (SELECT 1 FROM readings o WHERE o.snapshot = r.snapshot
  AND (o.file NOT LIKE 'imported/%', o.created, o.id) > (r.file NOT LIKE 'imported/%', r.created, r.id));

CREATE VIEW resolutions_in_force AS -- Of each citation or entry the resolution that counts: a person's, then the newest.
SELECT
  r.id AS id, -- the resolution
  r.citation AS citation -- the citation or entry
FROM resolutions r
WHERE NOT EXISTS (SELECT 1 FROM resolutions o WHERE o.citation = r.citation
  AND (o.file NOT LIKE 'imported/%', o.person, o.created, o.id)
    > (r.file NOT LIKE 'imported/%', r.person, r.created, r.id));

CREATE VIEW standing_corrections AS -- Corrections that nobody has withdrawn.
SELECT
  c.id AS id, -- the correction
  c.subject AS subject, -- the snapshot
  c.field AS field, -- the field
  c.value AS value, -- JSON list of values
  c.file NOT LIKE 'imported/%' AS own, -- 1 where it is the archive's own
  c.created AS created -- when it was said
FROM corrections c
WHERE c.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id
  AND (u.file NOT LIKE 'imported/%' OR c.file LIKE 'imported/%'));

CREATE VIEW corrections_in_force AS -- The correction that counts for each field of a snapshot: the latest.
SELECT
  c.id AS id, -- the correction
  c.subject AS subject, -- the snapshot
  c.field AS field, -- the field
  c.value AS value -- JSON list of values
FROM standing_corrections c
WHERE (c.own OR NOT EXISTS (SELECT 1 FROM snapshots s WHERE s.id = c.subject AND s.file NOT LIKE 'imported/%'))
  AND NOT EXISTS (SELECT 1 FROM standing_corrections o WHERE o.subject = c.subject AND o.field = c.field
  AND (o.own, o.created, o.id) > (c.own, c.created, c.id));

CREATE VIEW standing_tags AS -- Tags that nobody has withdrawn.
SELECT
  t.id AS id, -- the statement
  t.subject AS subject, -- id of any noun
  t.tag AS tag, -- the word
  t.creator AS creator, -- who said so
  t.created AS created -- when
FROM tags t
WHERE t.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM tags u WHERE u.undoes = t.id
  AND (u.file NOT LIKE 'imported/%' OR t.file LIKE 'imported/%'));

CREATE VIEW standing_collections AS -- Members of collections that nobody has withdrawn.
SELECT
  t.id AS id, -- the statement
  t.subject AS subject, -- id of any noun
  t.collection AS collection, -- name of the collection
  t.creator AS creator, -- who said so
  t.created AS created -- when
FROM collections t
WHERE t.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM collections u WHERE u.undoes = t.id
  AND (u.file NOT LIKE 'imported/%' OR t.file LIKE 'imported/%'));

CREATE VIEW standing_notes AS -- Remarks that nobody has withdrawn.
SELECT
  t.id AS id, -- the statement
  t.subject AS subject, -- id of any noun
  t.note AS note, -- the remark
  t.creator AS creator, -- who said so
  t.created AS created -- when
FROM notes t
WHERE t.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM notes u WHERE u.undoes = t.id
  AND (u.file NOT LIKE 'imported/%' OR t.file LIKE 'imported/%'));

CREATE VIEW standing_samenesses AS -- Samenesses that nobody has withdrawn.
SELECT
  t.id AS id, -- the statement
  t.a AS a, -- one address
  t.a_urlkey AS a_urlkey, -- its look-up key
  t.a_source AS a_source, -- key of the source that it belongs to by itself
  t.b AS b, -- the other address
  t.b_urlkey AS b_urlkey, -- its look-up key
  t.b_source AS b_source, -- key of the source that it belongs to by itself
  t.file NOT LIKE 'imported/%' AS own, -- 1 where it is the archive's own
  t.creator AS creator, -- who said so
  t.created AS created -- when
FROM samenesses t
WHERE t.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM samenesses u WHERE u.undoes = t.id
  AND (u.file NOT LIKE 'imported/%' OR t.file LIKE 'imported/%'));

CREATE VIEW verdicts_in_force AS -- The last verdict of each person on each passage or claim.
SELECT
  v.id AS id, -- the verdict
  v.claim AS claim, -- the claim
  v.text AS text, -- the source's text; NULL for a verdict on the claim alone
  v.start AS start, -- first code point of the judged passage
  v."end" AS "end", -- code point after its last
  v.verdict AS verdict, -- the judgement
  v.creator AS creator, -- who judged
  v.created AS created -- when
FROM verdicts v
WHERE NOT EXISTS (SELECT 1 FROM verdicts o
  WHERE o.claim = v.claim AND o.creator = v.creator
  AND o.text IS v.text AND o.start IS v.start AND o."end" IS v."end"
  AND (o.file NOT LIKE 'imported/%', o.created, o.id) > (v.file NOT LIKE 'imported/%', v.created, v.id));

CREATE VIEW descriptions AS -- What is known of each snapshot's page: extracted, with people's corrections applied.
SELECT
  snapshot, -- the snapshot
  text, -- its text in use
  CASE WHEN new_title IS NULL THEN title ELSE json_extract(new_title, '$[0]') END AS title, -- title
  coalesce(new_author, authors, '[]') AS authors, -- JSON list of names
  CASE WHEN new_date IS NULL THEN date ELSE json_extract(new_date, '$[0]') END AS date, -- publication date as written
  CASE WHEN new_date IS NULL THEN date_iso WHEN json_extract(new_date, '$[0]') GLOB '[0-9][0-9][0-9][0-9]*'
    THEN json_extract(new_date, '$[0]') END AS date_iso, -- the same as an ISO date
  CASE WHEN new_date IS NULL THEN date_rule ELSE 'given' END AS date_rule, -- what gave the date
  CASE WHEN new_site IS NULL THEN site ELSE json_extract(new_site, '$[0]') END AS site, -- name of the site
  CASE WHEN new_language IS NULL THEN language ELSE json_extract(new_language, '$[0]') END AS language, -- language tag
  CASE WHEN new_key IS NULL THEN cite_key ELSE json_extract(new_key, '$[0]') END AS cite_key -- BibTeX key
FROM (SELECT s.id AS snapshot, t.id AS text, t.title, t.authors, t.date, t.date_iso, t.date_rule, t.site, t.language,
    (SELECT k.cite_key FROM texts k WHERE k.snapshot = t.snapshot AND k.cite_key IS NOT NULL
      ORDER BY k.file LIKE 'imported/%', k.file, k.offset, k.id LIMIT 1) AS cite_key,
    (SELECT value FROM corrections_in_force WHERE subject = s.id AND field = 'title') AS new_title,
    (SELECT value FROM corrections_in_force WHERE subject = s.id AND field = 'author') AS new_author,
    (SELECT value FROM corrections_in_force WHERE subject = s.id AND field = 'date') AS new_date,
    (SELECT value FROM corrections_in_force WHERE subject = s.id AND field = 'site') AS new_site,
    (SELECT value FROM corrections_in_force WHERE subject = s.id AND field = 'language') AS new_language,
    (SELECT value FROM corrections_in_force WHERE subject = s.id AND field = 'key') AS new_key
  FROM snapshots s LEFT JOIN texts t ON t.id = (SELECT u.text FROM text_in_use u WHERE u.snapshot = s.id));

CREATE VIEW current_citations AS -- Citations of the newest readings, and what became of each.
SELECT
  n.reading AS reading, -- the newest reading
  n.snapshot AS article, -- the article's snapshot
  q.citation AS citation, -- the citation
  q.position AS position, -- its place in the article, from 0
  q.kind AS kind, -- link, note, numbered, author-year, list, quotation, embed or identifier
  q.mark AS mark, -- number as written
  c.label AS label, -- words as written
  c.uri AS cited_uri, -- address as written; empty where none was
  r.id AS resolution, -- the resolution that counts
  r.person AS person, -- 1 where a person said so
  r.method AS method, -- how it was found
  r.uri AS uri, -- address that it leads to
  r.urlkey AS urlkey, -- look-up key of that address
  r.source AS source, -- key of the source that it belongs to by itself
  CASE WHEN r.state IN ('resolved', 'failed') THEN r.snapshot END AS snapshot, -- snapshot that it leads to
  CASE WHEN r.state = 'none' THEN 'settled' WHEN r.state = 'failed' THEN 'failed'
    WHEN r.state = 'resolved' AND s.id IS NOT NULL THEN 'captured' WHEN r.state = 'resolved' THEN 'failed'
    ELSE 'unresolved' END AS status, -- captured, failed, unresolved or settled
  CASE WHEN r.state = 'resolved' AND s.id IS NULL THEN coalesce(r.reason, 'not-here')
    ELSE r.reason END AS reason, -- why it leads nowhere
  r.failure AS failure, -- the failed visit
  r.candidates AS candidates -- JSON list of near misses
FROM newest_readings n
JOIN reading_citations q ON q.reading = n.reading
LEFT JOIN citations c ON c.id = q.citation
LEFT JOIN resolutions r ON r.id = (SELECT f.id FROM resolutions_in_force f WHERE f.citation = q.citation)
LEFT JOIN snapshots s ON s.id = r.snapshot;

CREATE VIEW unresolved_citations AS -- Citations of which nobody knows yet where they lead.
SELECT
  article, -- the article's snapshot
  citation, -- the citation
  kind, -- link, note, numbered, author-year, list, quotation, embed or identifier
  label, -- words as written
  cited_uri, -- address as written; empty where none was
  reason, -- why it is unresolved
  candidates, -- JSON list of near misses: uri, title, score
  reading, -- the newest reading
  position -- its place in the article, from 0
FROM current_citations WHERE status = 'unresolved';

CREATE VIEW unresolved_entries AS -- Entries of which nobody knows yet where they lead.
SELECT
  e.id AS entry, -- the entry
  e.title AS title, -- title of the source
  e.authors AS authors, -- JSON list of names
  e.date AS date, -- publication date as given
  e.uri AS uri, -- address, where one was given
  r.reason AS reason, -- why it is unresolved
  r.candidates AS candidates, -- JSON list of near misses: uri, title, score
  e.creator AS creator, -- who named it
  e.created AS created -- when
FROM entries e
LEFT JOIN resolutions r ON r.id = (SELECT f.id FROM resolutions_in_force f WHERE f.citation = e.id)
WHERE coalesce(r.state, 'unresolved') = 'unresolved';

-- SQLite computes a view whole for every row of a LEFT JOIN, hence the look-ups in `descriptions` one by one.
CREATE VIEW articles AS -- Articles: snapshots with a reading; what became of their claims and citations.
SELECT
  n.snapshot AS snapshot, -- the article's snapshot
  coalesce(s.uri, r.uri) AS uri, -- its address
  (SELECT d.title FROM descriptions d WHERE d.snapshot = n.snapshot) AS title, -- title, corrected
  coalesce((SELECT d.authors FROM descriptions d WHERE d.snapshot = n.snapshot), '[]')
    AS authors, -- JSON list of names, corrected
  (SELECT d.date FROM descriptions d WHERE d.snapshot = n.snapshot)
    AS date, -- publication date as written, corrected
  (SELECT d.date_iso FROM descriptions d WHERE d.snapshot = n.snapshot) AS date_iso, -- the same as an ISO date
  (SELECT d.site FROM descriptions d WHERE d.snapshot = n.snapshot) AS site, -- name of the site, corrected
  coalesce(s.date, r.date) AS captured, -- when it was captured, UTC
  n.reading AS reading, -- its newest reading
  r.method AS method, -- name and version of the method
  r.created AS created, -- when it was read, UTC
  (SELECT count(*) FROM reading_claims c WHERE c.reading = n.reading) AS claims, -- how many claims
  (SELECT count(*) FROM reading_claims c WHERE c.reading = n.reading AND c.outcome = 'matched')
    AS matched, -- claims with evidence
  (SELECT count(*) FROM reading_citations c WHERE c.reading = n.reading) AS citations, -- how many citations
  (SELECT count(DISTINCT c.urlkey) FROM current_citations c WHERE c.reading = n.reading AND c.status = 'captured')
    AS captured_sources, -- cited addresses that are captured
  (SELECT count(DISTINCT c.urlkey) FROM current_citations c WHERE c.reading = n.reading AND c.status = 'failed')
    AS lost, -- cited addresses that could not be captured
  (SELECT count(*) FROM current_citations c WHERE c.reading = n.reading AND c.status = 'unresolved')
    AS unresolved, -- citations that lead nowhere yet
  (SELECT count(DISTINCT v.claim) FROM reading_claims c JOIN verdicts v ON v.claim = c.claim
    WHERE c.reading = n.reading) AS judged -- claims on which a person has judged
FROM newest_readings n JOIN readings r ON r.id = n.reading
LEFT JOIN snapshots s ON s.id = n.snapshot;

CREATE VIEW cited_addresses AS -- Each address to which the citations of newest readings lead.
SELECT
  c.urlkey AS urlkey, -- look-up key of the address
  min(c.uri) AS uri, -- the address
  count(*) AS citations, -- citations that lead there
  count(DISTINCT c.article) AS articles, -- articles that cite it
  max(c.status = 'captured') AS captured, -- 1 where some citation leads to a snapshot of it
  substr(max((c.status = 'captured') || coalesce(s.timestamp, '00000000000000') || s.id), -16)
    AS snapshot -- the newest snapshot that a citation leads to, an error page only where there is no other
FROM current_citations c LEFT JOIN snapshots s ON s.id = c.snapshot
WHERE c.urlkey IS NOT NULL GROUP BY c.urlkey;

-- A page's own word for its address counts where it stands on the same host, or on one that is plainly the
-- same site for phones, and is not the front page, which careless sites call the address of every page.
CREATE VIEW source_addresses AS -- Which source each cited address belongs to: by itself, by its page, by people.
WITH RECURSIVE same (a, b) AS (
  SELECT a_source, b_source FROM standing_samenesses WHERE own
  UNION SELECT b_source, a_source FROM standing_samenesses WHERE own),
reach (key, other) AS (
  SELECT a, b FROM same UNION SELECT r.key, s.b FROM reach r JOIN same s ON s.a = r.other),
declared (urlkey, source) AS (
  SELECT c.urlkey, coalesce(max((
    SELECT t.canonical_source FROM snapshots s
    JOIN texts t ON t.id = (SELECT u.text FROM text_in_use u WHERE u.snapshot = s.id)
    WHERE s.id = c.snapshot AND s.urlkey = c.urlkey AND t.canonical_source NOT LIKE '%)/'
      AND substr(s.urlkey, 1, instr(s.urlkey, ')')) IN (substr(t.canonical_source, 1, instr(t.canonical_source, ')')),
        replace(substr(t.canonical_source, 1, instr(t.canonical_source, ')')), ')', ',m)'),
        replace(substr(t.canonical_source, 1, instr(t.canonical_source, ')')), ')', ',mobile)'),
        replace(substr(t.canonical_source, 1, instr(t.canonical_source, ')')), ')', ',amp)')))), min(c.source))
  FROM current_citations c WHERE c.urlkey IS NOT NULL GROUP BY c.urlkey)
SELECT
  d.urlkey AS urlkey, -- look-up key of the cited address
  coalesce((SELECT min(r.other) FROM reach r WHERE r.key = d.source), d.source) AS source -- key of its source
FROM declared d;

CREATE VIEW sources AS -- Sources: what the articles cite, each under all its addresses, with its newest snapshot.
WITH known AS MATERIALIZED (SELECT k.source, a.* FROM cited_addresses a JOIN source_addresses k ON k.urlkey = a.urlkey),
cited AS MATERIALIZED (
  SELECT k.source, count(*) AS citations, count(DISTINCT c.article) AS articles
  FROM current_citations c JOIN source_addresses k ON k.urlkey = c.urlkey GROUP BY k.source),
ranked AS (
  SELECT *, count(*) OVER (PARTITION BY source) AS addresses,
    row_number() OVER (PARTITION BY source ORDER BY captured DESC, citations DESC, urlkey) AS place FROM known)
SELECT
  a.urlkey AS urlkey, -- look-up key of the address that is captured, or cited most
  a.uri AS uri, -- that address
  (SELECT d.title FROM descriptions d WHERE d.snapshot = a.snapshot) AS title, -- title, corrected
  (SELECT d.authors FROM descriptions d WHERE d.snapshot = a.snapshot)
    AS authors, -- JSON list of names, corrected
  (SELECT d.date FROM descriptions d WHERE d.snapshot = a.snapshot)
    AS date, -- publication date as written, corrected
  (SELECT d.site FROM descriptions d WHERE d.snapshot = a.snapshot) AS site, -- name of the site, corrected
  a.snapshot AS snapshot, -- newest snapshot that a citation leads to
  (SELECT s.date FROM snapshots s WHERE s.id = a.snapshot) AS captured_at, -- when that was captured, UTC
  CASE WHEN a.captured THEN 'captured' ELSE 'failed' END AS status, -- captured or failed
  c.citations AS citations, -- citations that lead there, under any of its addresses
  c.articles AS articles, -- articles that cite it
  a.addresses AS addresses, -- under how many addresses it is cited
  a.source AS source -- key of the source
FROM ranked a JOIN cited c ON c.source = a.source WHERE a.place = 1;

CREATE VIEW last_visits AS -- Of each cited address the newest snapshot, and where its redirects end.
WITH RECURSIVE hops (urlkey, newest, snapshot, depth) AS (
  SELECT a.urlkey, s.id, s.id, 0 FROM cited_addresses a JOIN snapshots s ON s.id = (
    SELECT x.id FROM snapshots x WHERE x.urlkey = a.urlkey AND x.origin <> 'supplied'
    ORDER BY x.file LIKE 'imported/%', x.timestamp DESC, x.redirects_to IS NOT NULL, x.date DESC, x.id LIMIT 1)
  UNION ALL
  SELECT h.urlkey, h.newest, t.id, h.depth + 1
  FROM hops h JOIN snapshots s ON s.id = h.snapshot JOIN snapshots t ON t.id = (
    SELECT x.id FROM snapshots r JOIN snapshots x ON x.urlkey = r.redirects_urlkey AND x.id <> r.id
    WHERE r.id = s.id AND x.origin <> 'supplied'
    ORDER BY x.file LIKE 'imported/%' AND r.file NOT LIKE 'imported/%',
      x.uri = r.redirects_to DESC, abs(julianday(x.date) - julianday(r.date)), x.id LIMIT 1)
  WHERE s.redirects_to IS NOT NULL AND h.depth < 20
)
SELECT
  h.urlkey AS urlkey, -- look-up key of the cited address
  h.newest AS newest, -- its newest snapshot
  h.snapshot AS snapshot -- the snapshot where its redirects end
FROM hops h WHERE h.depth = (SELECT max(o.depth) FROM hops o WHERE o.urlkey = h.urlkey);

CREATE VIEW lost_sources AS -- Cited addresses whose newest snapshot is an error, or whose only visits failed.
SELECT
  a.urlkey AS urlkey, -- look-up key of the address
  a.uri AS uri, -- the address
  CASE WHEN s.status >= 400 THEN 'http-' || s.status ELSE f.reason END AS reason, -- why it is lost
  s.id AS snapshot, -- the newest snapshot, an error page
  CASE WHEN s.status >= 400 THEN NULL ELSE f.id END AS failure, -- the last failed visit
  CASE WHEN s.status >= 400 THEN s.date ELSE f.date END AS visited, -- when it was last tried, UTC
  (SELECT g.id FROM snapshots g WHERE g.urlkey = a.urlkey AND (g.status BETWEEN 200 AND 299
      OR g.record_type = 'resource') ORDER BY g.timestamp DESC, g.id LIMIT 1) AS good, -- newest good copy
  a.citations AS citations, -- citations that lead there
  a.articles AS articles -- articles that cite it
FROM cited_addresses a
LEFT JOIN last_visits l ON l.urlkey = a.urlkey
LEFT JOIN snapshots s ON s.id = l.snapshot
LEFT JOIN failures f ON f.id = (SELECT x.id FROM failures x
  WHERE x.urlkey = coalesce(s.redirects_urlkey, a.urlkey) AND x.role = 'page'
  ORDER BY x.file LIKE 'imported/%', x.timestamp DESC, x.id LIMIT 1)
WHERE s.status >= 400 OR ((s.id IS NULL OR s.redirects_to IS NOT NULL) AND f.id IS NOT NULL);

CREATE VIEW claims_nothing_found AS -- Claims for which no passage was found in the captured sources.
SELECT
  n.snapshot AS article, -- the article's snapshot
  c.claim AS claim, -- the claim
  k.exact AS exact, -- its words
  c.section AS section, -- heading that it stands under
  n.reading AS reading, -- the newest reading
  c.position AS position -- place among the reading's claims
FROM newest_readings n JOIN reading_claims c ON c.reading = n.reading
JOIN claims k ON k.id = c.claim WHERE c.outcome = 'nothing-found';

CREATE VIEW claims_not_compared AS -- Claims whose sources are in another language, so that words cannot be compared.
SELECT
  n.snapshot AS article, -- the article's snapshot
  c.claim AS claim, -- the claim
  k.exact AS exact, -- its words
  c.section AS section, -- heading that it stands under
  n.reading AS reading, -- the newest reading
  c.position AS position -- place among the reading's claims
FROM newest_readings n JOIN reading_claims c ON c.reading = n.reading
JOIN claims k ON k.id = c.claim WHERE c.outcome = 'not-compared';

CREATE VIEW conflicts AS -- Passages and claims on which people's last verdicts disagree.
SELECT
  a.claim AS claim, -- the claim
  a.verdict AS verdict, -- one verdict
  a.creator AS creator, -- who gave it
  a.id AS id, -- its id
  b.verdict AS other_verdict, -- another person's verdict
  b.creator AS other_creator, -- who gave that
  b.id AS other_id, -- its id
  k.exact AS exact, -- the claim's words
  coalesce(a.text, b.text) AS text, -- the source's text, where a passage was judged
  coalesce(a.start, b.start) AS start, -- first code point of the judged passage
  coalesce(a."end", b."end") AS "end" -- code point after its last
FROM verdicts_in_force a JOIN verdicts_in_force b
  ON b.claim = a.claim AND b.creator <> a.creator AND b.verdict <> a.verdict AND b.id > a.id
LEFT JOIN claims k ON k.id = a.claim
WHERE (a.text IS b.text AND a.start IS b.start AND a."end" IS b."end")
  OR (a.verdict = 'none' AND b.verdict IN ('supports', 'partly'))
  OR (b.verdict = 'none' AND a.verdict IN ('supports', 'partly'));
