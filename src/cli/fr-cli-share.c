/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-share.h"

#include "fr-cli-options.h"

#include <string.h>

/* The empty path would be the folder one is in, which nobody means by it. An address has no other bytes than ASCII,
 * whatever the file's name has. */
static char *
make_uri (const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  if (*path == '\0' || !g_file_test (absolute, G_FILE_TEST_EXISTS))
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND, "There is no file or folder %s.", shown);
      return NULL;
    }
  return g_filename_to_uri (absolute, NULL, error);
}

static void
add_request (GPtrArray *requests, GPtrArray *uris, const FrCliShare *share)
{
  JsonObject *request = fr_control_request ("gallery-add");

  g_ptr_array_add (uris, NULL);
  fr_control_set_strings (request, "uris", (const char *const *) uris->pdata);
  fr_control_set_string (request, "audience", share->audience);
  if (share->keeps_audience)
    json_object_set_boolean_member (request, "keep", TRUE);
  if (share->keeps_metadata)
    json_object_set_boolean_member (request, "keep-metadata", TRUE);
  g_ptr_array_add (requests, request);
  g_ptr_array_set_size (uris, 0);
}

/**
 * fr_cli_share_requests:
 * @paths: files and folders
 * @share: how
 * @error: (out): %FR_CONTROL_ERROR_NOTHING_FOUND for what is not there
 *
 * Returns: (transfer full) (element-type JsonObject): the requests, each of at most about %FR_CLI_SHARE_BATCH_BYTES;
 *   whoever sends one steals it
 */
GPtrArray *
fr_cli_share_requests (char **paths, const FrCliShare *share, GError **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);
  gsize size = 0;

  for (; paths != NULL && *paths != NULL; paths++)
    {
      char *uri = make_uri (*paths, error);

      if (uri == NULL)
        return NULL;
      if (uris->len > 0 && size + strlen (uri) > FR_CLI_SHARE_BATCH_BYTES)
        {
          add_request (requests, uris, share);
          size = 0;
        }
      size += strlen (uri) + 3; /* two quotes and a comma */
      g_ptr_array_add (uris, uri);
    }
  if (uris->len > 0)
    add_request (requests, uris, share);
  return g_steal_pointer (&requests);
}
