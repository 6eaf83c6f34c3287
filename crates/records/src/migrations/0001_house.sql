-- The first schema: students, applications, their drafts with every version, notes, and the log of changes.
-- Times are RFC 3339 in UTC. Text has no length limit: nothing that a person wrote is ever cut.

CREATE TABLE student (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  graduation_year INTEGER,
  school_id TEXT,
  sample INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX student_by_school_id ON student (school_id) WHERE school_id IS NOT NULL;

CREATE TABLE shortlist (
  student_id TEXT NOT NULL REFERENCES student (id),
  career TEXT NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (student_id, career)
) STRICT, WITHOUT ROWID;

CREATE TABLE application (
  id TEXT PRIMARY KEY,
  student_id TEXT REFERENCES student (id),
  career TEXT,
  programme TEXT,
  institution TEXT,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  -- The readiness check of the draft as saved, so that lists need not read every answer.
  sections INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,
  faults INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX application_by_student ON application (student_id);
CREATE INDEX application_by_time ON application (saved_at);

-- The draft as it is now: one row an answer. `value` is JSON.
CREATE TABLE answer (
  application_id TEXT NOT NULL REFERENCES application (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  prefilled INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (application_id, key)
) STRICT;

-- One row for each session of typing. What a draft was at version N is, for each key, the newest row of
-- `version_answer` whose number is at most N; a NULL value says that the answer was taken away.
CREATE TABLE version (
  application_id TEXT NOT NULL REFERENCES application (id),
  number INTEGER NOT NULL,
  session TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  restored_from INTEGER,
  PRIMARY KEY (application_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE version_answer (
  application_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (application_id, key, number),
  FOREIGN KEY (application_id, number) REFERENCES version (application_id, number)
) STRICT;

-- The counsellor's own notes on careers, and which careers were looked at lately.
CREATE TABLE career_note (
  career TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE career_viewed (
  career TEXT PRIMARY KEY,
  viewed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Append-only: what was done, to what, and the rows before and after.
CREATE TABLE change (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  images TEXT NOT NULL,
  undoes INTEGER REFERENCES change (number)
) STRICT;

CREATE TRIGGER change_is_never_altered BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER change_is_never_removed BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
