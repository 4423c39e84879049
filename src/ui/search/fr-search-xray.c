/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-xray.h"

#include <glib/gi18n.h>

/* The columns of the table, as in the template. */
enum
{
  STEPS,
  ASKED,
  MATCHED,
  SUPPRESSED,
  SKIPPED,
  REFUSED,
  N_COLUMNS
};

struct _FrSearchXray
{
  AdwBin parent_instance;

  /* template widgets */
  GtkToggleButton *toggle;
  GtkImage *arrow;
  GtkLabel *line;
  GtkRevealer *revealer;
  GtkGrid *grid;

  /* borrowed from the grid: row r of the table is at r + 1 there, under the heads */
  GtkLabel *cells[FR_QUERY_XRAY_HOPS][N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (FrSearchXray, fr_search_xray, ADW_TYPE_BIN)

/**
 * fr_search_xray_describe:
 * @xray: what has become of a search
 *
 * Returns: (transfer full) (nullable): a line about it; %NULL if it has come to nobody yet
 */
char *
fr_search_xray_describe (const FrQueryXray *xray)
{
  guint n_steps = 0;

  for (guint i = 1; i < MIN (xray->n_hops, FR_QUERY_XRAY_HOPS); i++)
    if (xray->hops[i].asked > 0)
      n_steps = i;
  if (n_steps == 0)
    return NULL;
  /* Translators: how far a search has gone: friends of friends of friends are 3 steps away */
  return g_strdup_printf (ngettext ("Up to %u step away", "Up to %u steps away", n_steps), n_steps);
}

static char *
describe_distance (guint n_steps)
{
  if (n_steps == 0)
    return g_strdup (_ ("From here"));
  return g_strdup_printf (ngettext ("%u step away", "%u steps away", n_steps), n_steps);
}

/**
 * fr_search_xray_describe_step:
 * @step: what has become of a search there
 * @n_steps: how many steps away that is; 0: here
 *
 * Returns: (transfer full): a sentence about it, which leaves out what has not happened
 */
char *
fr_search_xray_describe_step (const FrQueryXrayHop *step, guint n_steps)
{
  g_autofree char *distance = describe_distance (n_steps);
  g_autofree char *joined = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (n_steps > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u person asked", "%u people asked", step->asked), step->asked));
  if (n_steps > 0 && step->matched > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u had something", "%u had something", step->matched),
                                             step->matched));
  if (step->suppressed > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u copy not passed on twice", "%u copies not passed on twice",
                                                       step->suppressed),
                                             step->suppressed));
  if (step->skipped > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u not asked, as they have nothing like it",
                                                       "%u not asked, as they have nothing like it", step->skipped),
                                             step->skipped));
  if (step->refused > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u was too busy", "%u were too busy", step->refused), step->refused));
  g_ptr_array_add (parts, NULL);
  joined = g_strjoinv (_ ("; "), (char **) parts->pdata);
  /* Translators: “2 steps away: 14 people asked; 3 had something” */
  return g_strdup_printf (_ ("%s: %s"), distance, joined);
}

/* What is of no interest here: that one has been asked oneself, and what came back. */
static gboolean
is_worth_a_row (const FrQueryXrayHop *step, guint n_steps)
{
  if (n_steps == 0)
    return step->skipped > 0 || step->refused > 0;
  return step->asked > 0 || step->suppressed > 0 || step->skipped > 0 || step->refused > 0;
}

static void
show_count (GtkLabel *cell, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  gtk_label_set_label (cell, text);
  if (count == 0)
    gtk_widget_add_css_class (GTK_WIDGET (cell), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (cell), "dim-label");
}

static void
show_step (FrSearchXray *self, const FrQueryXrayHop *step, guint n_steps)
{
  GtkLabel **cells = self->cells[n_steps];
  g_autofree char *sentence = fr_search_xray_describe_step (step, n_steps);
  g_autofree char *distance = n_steps == 0 ? g_strdup (_ ("You")) : g_strdup_printf ("%u", n_steps);

  gtk_label_set_label (cells[STEPS], distance);
  show_count (cells[ASKED], n_steps == 0 ? 0 : step->asked);
  show_count (cells[MATCHED], n_steps == 0 ? 0 : step->matched);
  show_count (cells[SUPPRESSED], step->suppressed);
  show_count (cells[SKIPPED], step->skipped);
  show_count (cells[REFUSED], step->refused);
  for (guint i = 0; i < N_COLUMNS; i++)
    gtk_widget_set_tooltip_text (GTK_WIDGET (cells[i]), sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cells[STEPS]), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
expanded_cb (FrSearchXray *self)
{
  gboolean expanded = gtk_toggle_button_get_active (self->toggle);

  gtk_image_set_from_icon_name (self->arrow, expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
}

/* One set of cells for good, of which only those with something to tell are shown: they change many times a second. */
static void
make_cells (FrSearchXray *self)
{
  for (guint row = 0; row < FR_QUERY_XRAY_HOPS; row++)
    for (guint column = 0; column < N_COLUMNS; column++)
      {
        GtkLabel *head = GTK_LABEL (gtk_grid_get_child_at (self->grid, (int) column, 0));
        GtkLabel *cell = GTK_LABEL (gtk_label_new (NULL));

        gtk_label_set_xalign (cell, column == STEPS ? 0 : 1);
        gtk_widget_add_css_class (GTK_WIDGET (cell), "numeric");
        gtk_widget_set_visible (GTK_WIDGET (cell), FALSE);
        gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                        gtk_label_get_label (head), -1);
        gtk_grid_attach (self->grid, GTK_WIDGET (cell), (int) column, (int) row + 1, 1, 1);
        self->cells[row][column] = cell;
      }
}

static void
fr_search_xray_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_SEARCH_XRAY);
  G_OBJECT_CLASS (fr_search_xray_parent_class)->dispose (object);
}

static void
fr_search_xray_class_init (FrSearchXrayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_search_xray_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-search-xray.ui");
  gtk_widget_class_bind_template_child (widget_class, FrSearchXray, toggle);
  gtk_widget_class_bind_template_child (widget_class, FrSearchXray, arrow);
  gtk_widget_class_bind_template_child (widget_class, FrSearchXray, line);
  gtk_widget_class_bind_template_child (widget_class, FrSearchXray, revealer);
  gtk_widget_class_bind_template_child (widget_class, FrSearchXray, grid);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
fr_search_xray_init (FrSearchXray *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_cells (self);
  expanded_cb (self);
  fr_search_xray_set_xray (self, NULL);
}

/**
 * fr_search_xray_set_xray:
 * @self: a panel
 * @xray: (nullable): what has become of a search; %NULL: not known
 *
 * Shows it; nothing at all while it has come to nobody.
 */
void
fr_search_xray_set_xray (FrSearchXray *self, const FrQueryXray *xray)
{
  g_autofree char *line = xray != NULL ? fr_search_xray_describe (xray) : NULL;
  guint n_hops = xray != NULL ? MIN (xray->n_hops, FR_QUERY_XRAY_HOPS) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self), line != NULL);
  if (line != NULL)
    gtk_label_set_label (self->line, line);
  for (guint row = 0; row < FR_QUERY_XRAY_HOPS; row++)
    {
      gboolean is_shown = row < n_hops && is_worth_a_row (&xray->hops[row], row);

      if (is_shown)
        show_step (self, &xray->hops[row], row);
      for (guint column = 0; column < N_COLUMNS; column++)
        gtk_widget_set_visible (GTK_WIDGET (self->cells[row][column]), is_shown);
    }
}

void
fr_search_xray_set_expanded (FrSearchXray *self, gboolean expanded)
{
  gtk_toggle_button_set_active (self->toggle, expanded);
}

/**
 * fr_search_xray_get_cell:
 * @self: a panel
 * @row: how many steps away
 * @column: which of the columns
 *
 * Returns: (transfer full) (nullable): what stands there; %NULL for a row that is not shown
 */
char *
fr_search_xray_get_cell (FrSearchXray *self, guint row, guint column)
{
  GtkLabel *cell;

  g_return_val_if_fail (row < FR_QUERY_XRAY_HOPS && column < N_COLUMNS, NULL);
  cell = self->cells[row][column];
  return gtk_widget_get_visible (GTK_WIDGET (cell)) ? g_strdup (gtk_label_get_label (cell)) : NULL;
}
