/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-contacts.h"

#include <gtk/gtk.h>

typedef struct
{
  GBytes *readers; /* owned, nullable */
  FrAudience audience;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_clear_pointer (&wanted->readers, g_bytes_unref);
  g_free (wanted);
}

static gboolean
is_chosen (const Wanted *wanted, const FrPeerKey *key)
{
  guint n;
  const FrPeerKey *keys = fr_audience_get_readers (wanted->readers, &n);

  for (guint i = 0; i < n; i++)
    if (fr_peer_key_equal (&keys[i], key))
      return TRUE;
  return FALSE;
}

static gboolean
is_wanted (gpointer item, gpointer data)
{
  const Wanted *wanted = data;
  FrPeerKey key;

  /* other computers see what their person does */
  if (!fr_person_is_contact (item) || fr_person_get_owner (item) != NULL || wanted->audience == FR_AUDIENCE_ONLY_ME)
    return FALSE;
  return wanted->audience != FR_AUDIENCE_CHOSEN || (fr_person_get_key (item, &key) && is_chosen (wanted, &key));
}

/**
 * fr_contacts_new:
 * @people: everybody we know of
 * @audience: who may see a picture
 * @readers: (nullable): the people chosen
 *
 * Returns: (transfer full): those of @people who may, in their order
 */
GListModel *
fr_contacts_new (FrPeople *people, FrAudience audience, GBytes *readers)
{
  Wanted *wanted = g_new0 (Wanted, 1);
  GtkFilter *filter;

  wanted->audience = audience;
  wanted->readers = readers != NULL ? g_bytes_ref (readers) : NULL;
  filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, wanted, wanted_free));
  return G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (people)), filter));
}
