/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery.h"

#include <errno.h>
#include <glib/gstdio.h>

void
gallery_answered_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

GAsyncResult *
gallery_await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

FrStore *
gallery_open_store (const char *folder, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_open_async (folder, NULL, gallery_answered_cb, &result);
  return fr_store_open_finish (gallery_await (&result), error);
}

char *
gallery_make_folder (const char *parent, GError **error)
{
  g_autofree char *folder = g_build_filename (parent, "gallery-XXXXXX", NULL);

  if (g_mkdir_with_parents (parent, 0777) == 0 && g_mkdtemp (folder) != NULL)
    return g_steal_pointer (&folder);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "No folder can be made in %s", parent);
  return NULL;
}

double
gallery_seconds_since (gint64 started_us)
{
  return (double) (g_get_monotonic_time () - started_us) / G_USEC_PER_SEC;
}
