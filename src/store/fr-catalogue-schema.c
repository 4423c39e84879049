/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-catalogue.h"
#include "fr-unfinished.h"

/* The large columns have a table of their own, so that a walk through the pictures reads few pages. The words are kept
 * once, folded, in the table; the index refers to them. */
const char fr_catalogue_version_1[] =
  "CREATE TABLE pictures ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  shared_id BLOB NOT NULL UNIQUE,"
  "  original_id BLOB NOT NULL,"
  "  title TEXT NOT NULL,"
  "  description TEXT NOT NULL,"
  "  tags TEXT NOT NULL," /* one a line */
  "  folded TEXT NOT NULL,"
  "  type INTEGER NOT NULL,"
  "  mime TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  width INTEGER NOT NULL,"
  "  height INTEGER NOT NULL,"
  "  added_us INTEGER NOT NULL,"
  "  audience INTEGER NOT NULL,"
  "  origin BLOB," /* NULL: the person's own */
  "  offered INTEGER NOT NULL,"
  "  has_thumbnail INTEGER NOT NULL,"
  "  preview_hash BLOB"
  ") STRICT;"
  "CREATE TABLE forms ("
  "  number INTEGER PRIMARY KEY,"
  "  preview BLOB,"
  "  hashes BLOB NOT NULL,"
  "  thumbnail BLOB"
  ") STRICT;"
  FR_UNFINISHED_VERSION_1
  "CREATE VIRTUAL TABLE words USING fts5 (folded, content = 'pictures', content_rowid = 'number',"
  "  columnsize = 0, tokenize = 'trigram case_sensitive 1');"
  "CREATE TRIGGER pictures_inserted AFTER INSERT ON pictures BEGIN"
  "  INSERT INTO words (rowid, folded) VALUES (new.number, new.folded);"
  "END;"
  "CREATE TRIGGER pictures_deleted AFTER DELETE ON pictures BEGIN"
  "  INSERT INTO words (words, rowid, folded) VALUES ('delete', old.number, old.folded);"
  "  DELETE FROM forms WHERE number = old.number;"
  "END;"
  "CREATE TRIGGER pictures_updated AFTER UPDATE OF folded ON pictures BEGIN"
  "  INSERT INTO words (words, rowid, folded) VALUES ('delete', old.number, old.folded);"
  "  INSERT INTO words (rowid, folded) VALUES (new.number, new.folded);"
  "END;";
