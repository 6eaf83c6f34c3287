-- The catalogue file. Written once, read-only afterwards.
--
-- Columns of type ANY hold a figure: a number, or the word that says why there is none, or NULL where the source has
-- no such column (see data/README.md). The tables of facts have the columns of data/facts/*.tsv, in the same order.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, publisher TEXT NOT NULL,
  "release" TEXT NOT NULL, date TEXT NOT NULL, url TEXT NOT NULL, licence TEXT NOT NULL, note TEXT NOT NULL
) STRICT;

-- Which sources each table of facts was taken from.
CREATE TABLE table_source (
  name TEXT, position INTEGER, source TEXT NOT NULL, PRIMARY KEY (name, position)
) STRICT, WITHOUT ROWID;

-- cluster: ids, comma-separated; job_zone: NULL is not rated.
CREATE TABLE occupation (
  code TEXT PRIMARY KEY, soc TEXT NOT NULL, title TEXT NOT NULL, cluster TEXT, job_zone INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE alternate_title (code TEXT, title TEXT, PRIMARY KEY (code, title)) STRICT, WITHOUT ROWID;

CREATE TABLE projection (
  soc TEXT PRIMARY KEY, employment_2024 ANY, employment_2034 ANY, change ANY, change_percent ANY, openings ANY,
  replacement ANY, self_employed_percent ANY, entry_education TEXT, experience TEXT, training TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
  place TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, states TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE pay (
  place TEXT, soc TEXT, employment ANY, location_quotient ANY, hourly_only INTEGER NOT NULL, mean_error_percent ANY,
  p10 ANY, p25 ANY, p50 ANY, p75 ANY, p90 ANY, PRIMARY KEY (place, soc)
) STRICT, WITHOUT ROWID;

-- Dollars an hour, where no yearly pay exists.
CREATE TABLE hourly_pay (
  place TEXT, soc TEXT, p10 ANY, p25 ANY, p50 ANY, p75 ANY, p90 ANY, PRIMARY KEY (place, soc)
) STRICT, WITHOUT ROWID;

CREATE TABLE industry (
  soc TEXT, naics TEXT, title TEXT NOT NULL, employment ANY, share_percent ANY, PRIMARY KEY (soc, naics)
) STRICT, WITHOUT ROWID;

CREATE TABLE education (
  code TEXT, category INTEGER, share_percent ANY, PRIMARY KEY (code, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE rating (
  code TEXT, kind TEXT, element TEXT, importance ANY, level ANY, PRIMARY KEY (code, kind, element)
) STRICT, WITHOUT ROWID;

CREATE TABLE element (
  element TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, name_es TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE interest (
  code TEXT PRIMARY KEY, realistic ANY, investigative ANY, artistic ANY, social ANY, enterprising ANY,
  conventional ANY, high_points TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE work_value (code TEXT, element TEXT, value ANY, PRIMARY KEY (code, element)) STRICT, WITHOUT ROWID;

CREATE TABLE work_style (code TEXT, element TEXT, value ANY, PRIMARY KEY (code, element)) STRICT, WITHOUT ROWID;

CREATE TABLE technology (
  code TEXT, title TEXT, category TEXT, hot INTEGER NOT NULL, in_demand INTEGER NOT NULL,
  PRIMARY KEY (code, title, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE related (
  code TEXT, related_code TEXT, related_title TEXT NOT NULL, rank INTEGER, PRIMARY KEY (code, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE programme (
  soc TEXT, cip TEXT, title TEXT NOT NULL, PRIMARY KEY (soc, cip)
) STRICT, WITHOUT ROWID;

CREATE TABLE cluster (cluster TEXT PRIMARY KEY, name TEXT NOT NULL, name_es TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE soc_title (soc TEXT PRIMARY KEY, title TEXT NOT NULL, title_es TEXT) STRICT, WITHOUT ROWID;

-- A career page. fields: ids of career clusters, comma-separated, empty for none; kind: long or short guide;
-- written_from: ids of the sources that a short guide was written from, comma-separated.
CREATE TABLE career (
  id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, occupation TEXT NOT NULL REFERENCES occupation (code),
  relation TEXT NOT NULL, fields TEXT NOT NULL, reviewed INTEGER NOT NULL, kind TEXT NOT NULL,
  written_from TEXT NOT NULL
) STRICT;

CREATE TABLE career_subject (
  career INTEGER, position INTEGER, subject TEXT NOT NULL, PRIMARY KEY (career, position)
) STRICT, WITHOUT ROWID;

-- The guide in one language. alternate_titles, sections and originals are JSON of the types in shapes.rs.
CREATE TABLE career_text (
  career INTEGER, language TEXT, title TEXT NOT NULL, summary TEXT NOT NULL, alternate_titles TEXT NOT NULL,
  relation_note TEXT NOT NULL, reached_after TEXT NOT NULL, written TEXT NOT NULL, sections TEXT NOT NULL,
  originals TEXT NOT NULL, PRIMARY KEY (career, language)
) STRICT, WITHOUT ROWID;

-- The search index, which src/index/ writes and reads as a whole. Its documents are the careers, in the order of their
-- ids from 1.
CREATE TABLE search_index (id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL) STRICT;
