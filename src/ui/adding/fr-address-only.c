/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-address-only.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* A picture that is in its own address (data:) is not taken apart either: the clipboard has it as a picture. */
static const char *const schemes[] = { "http", "https", "ftp", "data", "blob", NULL };

/* What browsers call it beside a list of files. */
static const char *const mime_types[] = { "text/x-moz-url", "_NETSCAPE_URL", NULL };

/**
 * fr_address_only_is_file:
 * @file: something that another program says is a file
 *
 * Returns: whether it is in the web
 */
gboolean
fr_address_only_is_file (GFile *file)
{
  for (gsize i = 0; schemes[i] != NULL; i++)
    if (g_file_has_uri_scheme (file, schemes[i]))
      return TRUE;
  return FALSE;
}

/**
 * fr_address_only_is_text:
 * @text: something that was copied
 *
 * Returns: whether it is an address in the web, and nothing else
 */
gboolean
fr_address_only_is_text (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *scheme = g_uri_parse_scheme (trimmed);
  g_autofree char *folded = scheme != NULL ? g_ascii_strdown (scheme, -1) : NULL;

  return folded != NULL && g_strv_contains (schemes, folded) && strpbrk (trimmed, " \t\r\n") == NULL;
}

/**
 * fr_address_only_is_in:
 * @formats: what another program has
 *
 * Returns: whether it says that it is an address, in a way of browsers
 */
gboolean
fr_address_only_is_in (GdkContentFormats *formats)
{
  for (gsize i = 0; mime_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, mime_types[i]))
      return TRUE;
  return FALSE;
}

void
fr_address_only_add_formats (GdkContentFormatsBuilder *builder)
{
  for (gsize i = 0; mime_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, mime_types[i]);
}

/**
 * fr_address_only_present:
 * @widget: where it was dropped or pasted
 *
 * Says what to do instead.
 */
void
fr_address_only_present (GtkWidget *widget)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (widget)), _ ("This Is Only the Address of a Picture"),
    _ ("Freshet does not get pictures from web sites. Copy the picture in your browser, then paste it here.")));

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
