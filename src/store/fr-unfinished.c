/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-unfinished.h"

#include "fr-id-query.h"

/**
 * fr_unfinished_note:
 * @database: the database
 * @id: a picture whose file is about to come or to go
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes that there may be a file that the catalogue does not know.
 *
 * Returns: whether it is noted
 */
gboolean
fr_unfinished_note (FrDatabase *database, const FrContentId *id, GError **error)
{
  return fr_id_query_run (database, "INSERT OR IGNORE INTO unfinished (id) VALUES (?1)", id, error);
}

/**
 * fr_unfinished_forget:
 * @database: the database
 * @id: a picture whose file is in the catalogue, or gone
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Undoes fr_unfinished_note().
 *
 * Returns: whether it is forgotten
 */
gboolean
fr_unfinished_forget (FrDatabase *database, const FrContentId *id, GError **error)
{
  return fr_id_query_run (database, "DELETE FROM unfinished WHERE id = ?1", id, error);
}

/**
 * fr_unfinished_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrContentId): the files that may be there and are not in the
 *   catalogue
 */
GArray *
fr_unfinished_list (FrDatabase *database, GError **error)
{
  static const char sql[] = "SELECT id FROM unfinished EXCEPT SELECT shared_id FROM pictures";

  return fr_id_query_list (database, sql, error);
}
