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
  student_id TEXT NOT NULL,
  output TEXT NOT NULL,
  subject TEXT,
  -- Outputs that left together have the same; one answer says for whom all of them were.
  batch TEXT NOT NULL,
  -- NULL until somebody says for whom.
  audience TEXT CHECK (audience IN ('student', 'parent', 'school_official', 'written_consent', 'other')),
  party TEXT,
  interest TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosure_by_student ON disclosure (student_id, at);
CREATE INDEX disclosure_by_time ON disclosure (at);

-- What was looked at in a session with a student.
CREATE TABLE access (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  student_id TEXT NOT NULL,
  view TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_by_student ON access (student_id, at);

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
