/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-audience-table.h"
#include "fr-catalogue.h"
#include "fr-form-table.h"
#include "fr-origin-name.h"
#include "fr-originals.h"
#include "fr-people-table.h"
#include "fr-settings-table.h"
#include "fuzz-input.h"

/* A stranger's words become an expression for FTS5, and SQL finds what they match: as many as going through all texts
 * does, and never what the asker may not see. */

#define N_PICTURES 8

const gsize fuzz_max_size = 1024;

static const struct
{
  const char *title, *description, *tag;
  FrAudience audience;
} given[N_PICTURES] = {
  { "Old Harbour at dawn", "blue hour", "boats", FR_AUDIENCE_EVERYONE },
  { "harbour", "", "", FR_AUDIENCE_ONLY_ME },
  { "Grandmother’s birthday", "cake AND candles OR NOT", "family", FR_AUDIENCE_CONTACTS },
  { "château d’Úžice", "Ελλάδα Ελλάς", "ｆｕｌｌ", FR_AUDIENCE_EVERYONE },
  { "王小明", "長崎の港", "旅", FR_AUDIENCE_EVERYONE },
  { "\"quoted\" -not", "a:b*c^d{e}(f)", "-", FR_AUDIENCE_EVERYONE },
  { "x", "", "", FR_AUDIENCE_CHOSEN },
  { "?", "", "", FR_AUDIENCE_EVERYONE }, /* its title is from the input */
};

/* Nobody else is in the people, so nobody else is a contact. */
static const FrPeerKey contact = { { 1 } }, chosen = { { 2 } }, stranger = { { 3 } };
static FrDatabase *database;
static FrCatalogue *catalogue;
static FrContentId ids[N_PICTURES];

static void
add_person (const FrPeerKey *key, const char *name)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (key, name, "", name);

  g_assert_true (fr_people_table_put (database, person, NULL));
}

static void
add_picture (guint i)
{
  g_autoptr (FrPicture) picture = fr_picture_new ();
  g_autoptr (GBytes) readers = given[i].audience == FR_AUDIENCE_CHOSEN ? fr_audience_list_readers (&chosen, 1) : NULL;
  g_autoptr (GBytes) hashes = g_bytes_new_static (&ids[i], sizeof ids[i]);
  const char *tags[] = { *given[i].tag != '\0' ? given[i].tag : NULL, NULL };
  g_autoptr (GError) error = NULL;

  ids[i].bytes[0] = (guint8) (i + 1);
  picture->id = picture->original_id = ids[i];
  picture->size = 1000;
  picture->type = 1;
  fr_picture_set_text (picture, given[i].title, given[i].description, tags);
  fr_picture_set_audience (picture, given[i].audience, readers);
  fr_catalogue_insert (catalogue, picture, hashes, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (void)
{
  static const char *const migrations[] = {
    fr_catalogue_version_1, fr_people_version_2,     fr_settings_version_3,
    fr_people_version_4,    fr_audience_version_5,   fr_people_version_6,
    fr_originals_version_7, fr_origin_name_version_8, fr_form_table_version_9, fr_people_version_10,
    fr_audience_version_11, NULL,
  };
  g_autoptr (GError) error = NULL;

  database = fr_database_open (NULL, migrations, &error);
  g_assert_no_error (error);
  catalogue = fr_catalogue_new (database, &error);
  g_assert_no_error (error);
  add_person (&contact, "anna");
  add_person (&chosen, "bob");
  for (guint i = 0; i < N_PICTURES; i++)
    add_picture (i);
}

static gboolean
may_see (guint i, const FrPeerKey *reader)
{
  switch (given[i].audience)
    {
    case FR_AUDIENCE_EVERYONE:
      return TRUE;
    case FR_AUDIENCE_CONTACTS:
      return reader == NULL || reader == &contact || reader == &chosen;
    case FR_AUDIENCE_CHOSEN:
      return reader == NULL || reader == &chosen;
    case FR_AUDIENCE_ONLY_ME:
    default:
      return reader == NULL;
    }
}

static gboolean
is_found (GPtrArray *found, guint i)
{
  for (guint j = 0; j < found->len; j++)
    if (fr_content_id_equal (&((FrPicture *) g_ptr_array_index (found, j))->id, &ids[i]))
      return TRUE;
  return FALSE;
}

static gboolean
matches (const FrSearchWords *words, guint i)
{
  g_autoptr (FrPicture) picture = fr_catalogue_get (catalogue, &ids[i], NULL, NULL);
  g_autofree char *folded
      = fr_picture_fold_texts (picture->title, picture->description, (const char *const *) picture->tags);

  return fr_search_words_match (words, folded);
}

static void
search_as (const FrPeerKey *reader, const FrSearchWords *words, gboolean restricted)
{
  g_autoptr (GError) error = NULL;
  guint total = 0, n_expected = 0;
  g_autoptr (GPtrArray) found
      = fr_catalogue_search (catalogue, words, reader, restricted, N_PICTURES, &total, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < N_PICTURES; i++)
    {
      gboolean expected = may_see (i, reader) && (!restricted || given[i].audience != FR_AUDIENCE_EVERYONE)
                          && matches (words, i);

      g_assert_true (is_found (found, i) == expected);
      n_expected += expected;
    }
  g_assert_cmpuint (found->len, ==, n_expected);
  g_assert_cmpuint (total, ==, n_expected);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  const FrPeerKey *const readers[] = { NULL, &contact, &chosen, &stranger };
  const FrPeerKey *reader;
  gboolean restricted;
  g_autofree char *title = NULL, *text = NULL, *valid = NULL;
  g_autoptr (FrSearchWords) words = NULL;
  g_autoptr (GError) error = NULL;

  if (catalogue == NULL)
    set_up ();
  reader = readers[fuzz_take_below (&input, G_N_ELEMENTS (readers))];
  restricted = fuzz_take_below (&input, 4) == 0;
  title = fuzz_take_text (&input, FR_PICTURE_MAX_TITLE);
  text = fuzz_text (input.at, input.left);
  words = fr_search_words_parse (text, NULL);
  if (words == NULL)
    return 0;
  valid = g_utf8_make_valid (title, MIN (strlen (title), 80)); /* each byte that is none takes three */
  fr_catalogue_set_text (catalogue, &ids[N_PICTURES - 1], *valid != '\0' ? valid : "?", "",
                         (const char *const[]) { NULL }, &error);
  g_assert_no_error (error);
  search_as (reader, words, restricted);
  return 0;
}
