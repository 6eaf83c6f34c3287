-- Searches of careers that the counsellor gave a name. `query` is the part of the list's address that holds what was
-- typed, chosen and ordered; the pages write it and read it, and pass over what they do not know.

CREATE TABLE career_search (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
