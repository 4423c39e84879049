/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <stdio.h>

/* A module that GIO loads into the window under test. At SIGUSR2 it writes into $FRESHET_LABELS which labels cannot be read
 * whole, which nothing outside can know: a line each with what is wrong, where, and the text; the last one counts all
 * labels. It is not linked with GTK, for GIO loads it into the decoder too, which has none. */

#define SLACK 1 /* pixels: what is rounded is not cut */

typedef struct
{
  GtkWidget *window;
  GString *report;
  GPtrArray *labels; /* of GtkLabel */
} Watch;

static void
tell (Watch *watch, const char *fault, GtkWidget *label)
{
  g_autofree char *text = g_strdelimit (g_strdup (gtk_label_get_text (GTK_LABEL (label))), "\t\n", ' ');
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (label, watch->window, &bounds))
    return;
  g_string_append_printf (watch->report, "%s\t%.0f,%.0f %.0f×%.0f\t%s\n", fault, bounds.origin.x, bounds.origin.y,
                          bounds.size.width, bounds.size.height, text);
}

static gboolean
is_scrolled (GtkWidget *label)
{
  return gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW) != NULL;
}

static void
look_at (Watch *watch, GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  graphene_rect_t bounds;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    tell (watch, "ellipsized", label);
  else if (width > gtk_widget_get_width (label) + SLACK || height > gtk_widget_get_height (label) + SLACK)
    tell (watch, "cut", label);
  if (!is_scrolled (label) && gtk_widget_compute_bounds (label, watch->window, &bounds)
      && (bounds.origin.x < -SLACK
          || bounds.origin.x + bounds.size.width > gtk_widget_get_width (watch->window) + SLACK))
    tell (watch, "outside", label);
}

/* Those that lie over each other on purpose have something between them that says so. */
static gboolean
is_layered (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *ancestor = first;
  const char *name;

  while (!gtk_widget_is_ancestor (second, ancestor))
    ancestor = gtk_widget_get_parent (ancestor);
  name = G_OBJECT_TYPE_NAME (ancestor);
  return GTK_IS_OVERLAY (ancestor) || g_str_equal (name, "AdwToastOverlay")
         || g_str_equal (name, "AdwLeaflet") || GTK_IS_STACK (ancestor) || g_str_equal (name, "AdwViewStack")
         || g_str_equal (name, "AdwSqueezer");
}

/* Where it is seen: what is scrolled away lies under whatever is there. */
static gboolean
compute_seen (Watch *watch, GtkWidget *label, graphene_rect_t *out_seen)
{
  if (!gtk_widget_compute_bounds (label, watch->window, out_seen))
    return FALSE;
  for (GtkWidget *parent = gtk_widget_get_parent (label); parent != NULL; parent = gtk_widget_get_parent (parent))
    {
      graphene_rect_t bounds;

      if (GTK_IS_SCROLLED_WINDOW (parent)
          && (!gtk_widget_compute_bounds (parent, watch->window, &bounds)
              || !graphene_rect_intersection (out_seen, &bounds, out_seen)))
        return FALSE;
    }
  return TRUE;
}

static void
look_for_overlaps (Watch *watch)
{
  for (guint i = 0; i < watch->labels->len; i++)
    for (guint j = i + 1; j < watch->labels->len; j++)
      {
        GtkWidget *first = g_ptr_array_index (watch->labels, i), *second = g_ptr_array_index (watch->labels, j);
        graphene_rect_t one, other, both;

        if (!is_layered (first, second) && compute_seen (watch, first, &one) && compute_seen (watch, second, &other)
            && graphene_rect_intersection (&one, &other, &both) && both.size.width > SLACK && both.size.height > SLACK)
          tell (watch, "overlapping", second);
      }
}

static void
gather (Watch *watch, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) == 0)
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_ptr_array_add (watch->labels, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      gather (watch, child);
}

static gboolean
signal_cb (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GString) report = g_string_new (NULL);
  guint n_labels = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      g_autoptr (GPtrArray) labels = g_ptr_array_new ();
      Watch watch = { window, report, labels };

      gather (&watch, window);
      for (guint j = 0; j < labels->len; j++)
        look_at (&watch, g_ptr_array_index (labels, j));
      look_for_overlaps (&watch);
      n_labels += labels->len;
    }
  g_string_append_printf (report, "all\t%u\t\n", n_labels);
  g_file_set_contents (g_getenv ("FRESHET_LABELS"), report->str, -1, NULL);
  return G_SOURCE_CONTINUE;
}

/* What GIO calls. */
void g_io_module_load (GIOModule *module);
void g_io_module_unload (GIOModule *module);
char **g_io_module_query (void);

void
g_io_module_load (GIOModule *module)
{
  const char *program = g_get_prgname ();

  g_type_module_use (G_TYPE_MODULE (module)); /* for good */
  if (g_getenv ("FRESHET_LABELS") != NULL && program != NULL
      && (g_str_equal (program, "freshet") || g_str_has_suffix (program, "bad-window")))
    g_unix_signal_add (SIGUSR2, signal_cb, NULL);
}

void
g_io_module_unload (GIOModule *module)
{
}

char **
g_io_module_query (void)
{
  char *points[] = { NULL };

  return g_strdupv (points);
}
