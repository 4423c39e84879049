/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-audience-change.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fr-audience-dialog.h"
#include "fr-audience-text.h"

typedef struct
{
  FrNode *node;     /* owned, all three */
  GPtrArray *items; /* of FrGalleryItem */
  GBytes *readers;  /* nullable */
  FrAudience audience;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->node);
  g_ptr_array_unref (change->items);
  g_clear_pointer (&change->readers, g_bytes_unref);
  g_free (change);
}

static void
give_up (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was changed");
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (fr_gallery_share_finish (FR_GALLERY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
share (GTask *task)
{
  const Change *change = g_task_get_task_data (task);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));

  for (guint i = 0; i < change->items->len; i++)
    g_array_append_vals (ids, fr_gallery_item_get_id (change->items->pdata[i]), 1);
  fr_gallery_share_async (fr_node_get_gallery (change->node), (const FrContentId *) (gpointer) ids->data, ids->len,
                          change->audience, change->readers, NULL, shared_cb, g_object_ref (task));
}

/* Those that were kept from others and that nobody else has been shown. */
static guint
count_passed_on (const Change *change, const FrPicture **out_one)
{
  guint n = 0;

  for (guint i = 0; i < change->items->len; i++)
    {
      const FrPicture *picture = fr_gallery_item_get_picture (change->items->pdata[i]);

      if (fr_picture_is_mine (picture) || picture->audience != FR_AUDIENCE_ONLY_ME)
        continue;
      *out_one = picture;
      n++;
    }
  return change->audience != FR_AUDIENCE_ONLY_ME ? n : 0;
}

static void
pass_on_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_signal_handlers_disconnect_by_data (dialog, task);
  if (g_str_equal (response, "pass-on"))
    share (task);
  else
    give_up (task);
}

static char *
make_heading (const Change *change, guint n, const FrPicture *one)
{
  if (n == 1 && change->items->len == 1)
    /* Translators: the title of a picture */
    return g_strdup_printf (_ ("Pass on “%s”?"), one->title);
  return g_strdup_printf (ngettext ("Pass on %u picture of somebody else?", "Pass on %u pictures of others?", n), n);
}

/* It was shown to the person alone: passing it on is a step of its own. */
static void
ask_to_pass_on (GTask *task, guint n, const FrPicture *one)
{
  const Change *change = g_task_get_task_data (task);
  GtkWidget *widget = g_task_get_source_object (task);
  g_autofree char *heading = make_heading (change, n, one);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading, NULL);
  g_autofree char *origin = fr_audience_text_describe_origin (one, fr_node_get_people (change->node));

  if (n == 1)
    /* Translators: %s is “From Anna” */
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                    _ ("%s. It was shown to you, and whoever sees it with you can keep it too."),
                                    origin);
  else
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                                 _ ("They were shown to you, and whoever sees them with you can keep them too."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "pass-on", _ ("_Pass On"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "pass-on", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (pass_on_response_cb), g_object_ref (task));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Change *change = g_task_get_task_data (task);
  const FrPicture *one = NULL;
  guint n;

  if (!fr_audience_dialog_ask_finish (GTK_WIDGET (source), result, &change->audience, &change->readers))
    {
      give_up (task);
      return;
    }
  n = count_passed_on (change, &one);
  if (n > 0)
    ask_to_pass_on (task, n, one);
  else
    share (task);
}

/* What they have in common is proposed. */
static void
propose (FrAudienceQuestion *question, GPtrArray *items)
{
  const FrPicture *first = fr_gallery_item_get_picture (items->pdata[0]);

  question->has_answer = TRUE;
  question->audience = first->audience;
  question->readers = first->readers;
  for (guint i = 1; i < items->len; i++)
    {
      const FrPicture *picture = fr_gallery_item_get_picture (items->pdata[i]);

      if (picture->audience != first->audience
          || (first->readers != NULL && !g_bytes_equal (picture->readers, first->readers)))
        question->has_answer = FALSE;
    }
}

/**
 * fr_audience_change_async:
 * @widget: where it is asked for
 * @node: whose pictures
 * @items: (element-type FrGalleryItem): pictures, at least one
 * @callback: (scope async): called when they are changed, or when the person has thought better of it
 * @data: for @callback
 */
void
fr_audience_change_async (GtkWidget *widget, FrNode *node, GPtrArray *items, GAsyncReadyCallback callback,
                          gpointer data)
{
  FrAudienceQuestion question = { .accept = _ ("_Apply") };
  Change *change = g_new0 (Change, 1);
  g_autofree char *heading = NULL;
  GTask *task;

  g_return_if_fail (items->len > 0);

  task = g_task_new (widget, NULL, callback, data);
  change->node = g_object_ref (node);
  change->items = g_ptr_array_ref (items);
  g_task_set_source_tag (task, fr_audience_change_async);
  g_task_set_task_data (task, change, change_free);
  heading = g_strdup_printf (ngettext ("Who can see this picture?", "Who can see these %u pictures?", items->len),
                             items->len);
  question.heading = heading;
  propose (&question, items);
  fr_audience_dialog_ask_async (widget, fr_node_get_people (node), &question, answered_cb, task);
}

/**
 * fr_audience_change_finish:
 * @widget: as given when it began
 * @result: what the callback got
 * @out_audience: (out) (optional): who may see them now
 * @out_readers: (out) (optional) (nullable) (transfer full): the people chosen
 * @error: return location for %G_IO_ERROR_CANCELLED where the person gave up, or another in words for people
 *
 * Returns: whether they are changed
 */
gboolean
fr_audience_change_finish (GtkWidget *widget, GAsyncResult *result, FrAudience *out_audience, GBytes **out_readers,
                           GError **error)
{
  const Change *change;

  g_return_val_if_fail (g_task_is_valid (result, widget), FALSE);

  change = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (out_audience != NULL)
    *out_audience = change->audience;
  if (out_readers != NULL)
    *out_readers = change->readers != NULL ? g_bytes_ref (change->readers) : NULL;
  return TRUE;
}
