-- The safe: what left this computer and who looked, holds and retention, certificates of erasure, memory aids.

-- What belongs to the records and not to the computer, by name.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Hidden in a meeting: the student asked for it.
ALTER TABLE application ADD COLUMN between_us INTEGER NOT NULL DEFAULT 0;

-- A counselor's own memory aid on a student, sealed under a key that the school's recovery key does not open.
CREATE TABLE memory_aid (
  student_id TEXT PRIMARY KEY REFERENCES student (id),
  sealed TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every output that left, one row for each student in it (34 CFR 99.32). No reference to the student: the record of
-- disclosures is kept as long as the student's record, and a removed student can be brought back.
CREATE TABLE disclosure (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  -- NULL where a draft has no student yet; it becomes part of the record of whoever is chosen later.
  student_id TEXT,
  output TEXT NOT NULL,
  -- What was put out, such as the application's id.
  subject TEXT,
  -- Outputs that left together have the same; one answer says for whom all of them were.
  batch TEXT NOT NULL,
  -- NULL until somebody says for whom.
  audience TEXT CHECK (audience IN ('student', 'parent', 'school_official', 'written_consent', 'other')),
  party TEXT,
  interest TEXT,
  -- An output is logged before it leaves. Where it then could not be written, this says when that was found.
  failed_at TEXT,
  CHECK (audience IS NOT 'other' OR (trim(coalesce(party, '')) <> '' AND trim(coalesce(interest, '')) <> ''))
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosure_by_student ON disclosure (student_id, at);
CREATE INDEX disclosure_by_time ON disclosure (at);
CREATE INDEX disclosure_by_batch ON disclosure (batch);

-- What left, when and whose it was is never altered; only for whom it was, and that it did not leave, can be added.
CREATE TRIGGER disclosure_is_never_altered BEFORE UPDATE ON disclosure
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.student_id IS NOT OLD.student_id
  OR NEW.output IS NOT OLD.output OR NEW.subject IS NOT OLD.subject OR NEW.batch IS NOT OLD.batch
  OR (OLD.failed_at IS NOT NULL AND NEW.failed_at IS NOT OLD.failed_at)
  OR (OLD.audience IS NOT NULL AND NEW.audience IS NULL)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What was looked at in a session with a student.
CREATE TABLE access (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  student_id TEXT NOT NULL,
  view TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_by_student ON access (student_id, at);
CREATE INDEX access_by_time ON access (at);
CREATE TRIGGER access_is_never_altered BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- While one stands open, the student's record is not erased.
CREATE TABLE hold (
  id TEXT PRIMARY KEY,
  student_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('legal', 'inspection')),
  reason TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_by_student ON hold (student_id);

-- How many years after graduation a category of record is kept.
CREATE TABLE retention (
  category TEXT PRIMARY KEY,
  years INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- That something was erased: a random id, the day, how much. Never whose it was.
CREATE TABLE certificate (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  counts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The log of changes, from now on in parts and chained. What stands in `change_before` is moved by the program, which
-- then drops it.
DROP TRIGGER change_is_never_altered;
DROP TRIGGER change_is_never_removed;
ALTER TABLE change RENAME TO change_before;

CREATE TABLE change (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  -- Later than `at` for a session of typing, which is one change.
  until TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  undoes INTEGER REFERENCES change (number),
  -- SHA-256 over the hash before it, these columns and the parts' commitments. NULL while a session of typing is open.
  hash BLOB
) STRICT;

-- What was changed, apart for each group of students and applications that it speaks of. Once it is bound, a part can
-- only be erased, under a certificate.
CREATE TABLE change_part (
  change INTEGER NOT NULL REFERENCES change (number),
  part INTEGER NOT NULL,
  salt BLOB,
  content TEXT,
  commitment BLOB,
  erased TEXT REFERENCES certificate (id),
  PRIMARY KEY (change, part)
) STRICT;

-- Ids of the students and applications that a part speaks of.
CREATE TABLE change_about (
  about TEXT NOT NULL,
  change INTEGER NOT NULL,
  part INTEGER NOT NULL,
  PRIMARY KEY (about, change, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_about_change ON change_about (change);

CREATE TRIGGER change_is_never_altered BEFORE UPDATE ON change WHEN OLD.hash IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER change_is_never_removed BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER change_part_is_only_erased BEFORE UPDATE ON change_part
WHEN OLD.commitment IS NOT NULL AND NOT (
  NEW.change = OLD.change AND NEW.part = OLD.part AND NEW.commitment = OLD.commitment
  AND NEW.salt IS NULL AND NEW.content IS NULL AND NEW.erased IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER change_part_is_never_removed BEFORE DELETE ON change_part WHEN OLD.commitment IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
