/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

/* Another program, as far as it matters to what is dragged out of it: a file manager, which has files; or a browser, which
 * has a picture as it is in its file, or nothing but the address of one.
 *
 * usage: drag-window files PATH…
 *        drag-window TYPE FILE     (a MIME type, and what is handed over by it) */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, char **argv)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *data = NULL;
  gsize size;

  if (g_str_equal (argv[1], "files"))
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      GdkContentProvider *provider;
      GdkFileList *list;

      for (guint i = 2; argv[i] != NULL; i++)
        g_ptr_array_add (files, g_file_new_for_path (argv[i]));
      list = gdk_file_list_new_from_array ((GFile **) files->pdata, files->len);
      provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
      g_boxed_free (GDK_TYPE_FILE_LIST, list);
      return provider;
    }
  if (!g_file_get_contents (argv[2], &data, &size, NULL))
    return NULL;
  bytes = g_bytes_new (data, size);
  return gdk_content_provider_new_for_bytes (argv[1], bytes);
}

/* Whoever it is over would take it. */
static void
selected_cb (GdkDrag *drag, GParamSpec *pspec, gpointer data)
{
  if (gdk_drag_get_selected_action (drag) != 0)
    g_print ("{\"event\": \"welcome\"}\n");
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (selected_cb), NULL);
}

static void
end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer data)
{
  g_print ("{\"event\": \"taken\"}\n");
}

static gboolean
cancel_cb (GtkDragSource *source, GdkDrag *drag, GdkDragCancelReason reason, gpointer data)
{
  g_print ("{\"event\": \"refused\"}\n");
  return FALSE;
}

int
main (int argc, char **argv)
{
  GtkDragSource *source;
  GtkWidget *window;

  gtk_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Source");
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), argv);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), NULL);
  g_signal_connect (source, "drag-end", G_CALLBACK (end_cb), NULL);
  g_signal_connect (source, "drag-cancel", G_CALLBACK (cancel_cb), NULL);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  gtk_window_present (GTK_WINDOW (window));
  g_print ("{\"event\": \"ready\"}\n");
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
