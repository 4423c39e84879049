/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery.h"

#include <string.h>

#define MAX_AT_ONCE 16
#define TELL_EVERY 2500

/* A store that is being filled with pictures of a few bytes: only their rows matter. */
typedef struct
{
  FrStore *store;
  GalleryWords *words;
  GPtrArray *thumbnails; /* (nullable): of GBytes, for one after the other */
  guint n_wanted;
  guint n_begun;
  guint n_done;
  GError *error; /* owned: the first */
} Filling;

/* One picture on its way in. */
typedef struct
{
  Filling *filling;
  FrPicture *picture; /* owned, both */
  FrStaged *staged;
  guint number;
} Entry;

static void add_next (Filling *filling);

static void
end_entry (Entry *entry, GError *error)
{
  Filling *filling = entry->filling;

  filling->n_done++;
  if (error != NULL && filling->error == NULL)
    filling->error = error;
  else
    g_clear_error (&error);
  if (filling->n_done % TELL_EVERY == 0)
    g_printerr ("%u of %u pictures\n", filling->n_done, filling->n_wanted);
  fr_picture_unref (entry->picture);
  g_clear_pointer (&entry->staged, fr_staged_unref);
  g_free (entry);
  if (filling->error == NULL)
    add_next (filling);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (FrPicture) picture = fr_store_add_finish (FR_STORE (source), result, NULL, &error);

  end_entry (data, error);
}

static void
staged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Entry *entry = data;
  GPtrArray *thumbnails = entry->filling->thumbnails;
  GBytes *thumbnail = thumbnails != NULL ? thumbnails->pdata[entry->number % thumbnails->len] : NULL;
  GError *error = NULL;

  entry->staged = fr_store_stage_bytes_finish (FR_STORE (source), result, &error);
  if (entry->staged == NULL)
    end_entry (entry, error);
  else
    fr_store_add_async (FR_STORE (source), entry->staged, entry->picture, thumbnail, NULL, NULL, added_cb, entry);
}

static void
add_next (Filling *filling)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Entry *entry;

  if (filling->n_begun == filling->n_wanted)
    return;
  entry = g_new0 (Entry, 1);
  entry->number = filling->n_begun++;
  text = g_strdup_printf ("picture %u", entry->number);
  bytes = g_bytes_new (text, strlen (text));
  entry->filling = filling;
  entry->picture = gallery_words_describe (filling->words);
  fr_store_stage_bytes_async (filling->store, bytes, NULL, staged_cb, entry);
}

gboolean
gallery_fill (FrStore *store, GalleryWords *words, guint n_pictures, GPtrArray *thumbnails, GError **error)
{
  Filling filling = { store, words, thumbnails, n_pictures };

  for (guint i = 0; i < MAX_AT_ONCE; i++)
    add_next (&filling);
  while (filling.n_done < (filling.error == NULL ? filling.n_wanted : filling.n_begun))
    g_main_context_iteration (NULL, TRUE);
  if (filling.error == NULL)
    return TRUE;
  g_propagate_error (error, filling.error);
  return FALSE;
}
