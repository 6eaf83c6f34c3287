-- What is known of a student beyond the roster's line, one row a thing: names, contacts, addresses, guardians, schools,
-- courses, tests, activities. `content` is the JSON of its kind; there is no field for a social-security number.
CREATE TABLE student_detail (
  id TEXT PRIMARY KEY,
  student_id TEXT NOT NULL REFERENCES student (id),
  kind TEXT NOT NULL,
  -- Order among those of its kind, from 0; the person's own where it matters.
  position INTEGER NOT NULL,
  content TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX student_detail_by_student ON student_detail (student_id, kind, position);
