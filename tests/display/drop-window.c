/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

/* Another program, as far as it matters to what is dragged: a window that takes files, copies them to a folder, as a file
 * manager does, and says how each is called.
 *
 * usage: drop-window FOLDER */

static void
take_file (GFile *file, GFile *folder)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFile) copy = g_file_get_child (folder, name);
  g_autoptr (GError) error = NULL;

  if (g_file_copy (file, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    g_print ("{\"took\": \"%s\"}\n", name);
  else
    g_print ("{\"trouble\": \"%s\"}\n", error->message);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, GFile *folder)
{
  for (GSList *files = g_value_get_boxed (value); files != NULL; files = files->next)
    take_file (files->data, folder);
  g_print ("{\"event\": \"dropped\"}\n");
  return TRUE;
}

int
main (int argc, char **argv)
{
  GtkDropTarget *target;
  g_autoptr (GFile) folder = g_file_new_for_path (argv[1]);
  GtkWidget *window;

  gtk_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Elsewhere");
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), folder);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
  gtk_window_present (GTK_WINDOW (window));
  g_print ("{\"event\": \"ready\"}\n");
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
