/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-navigation.h"

struct _FrNavigation
{
  GObject parent_instance;

  /* borrowed */
  AdwLeaflet *leaflet;

  /* owned */
  GPtrArray *stack; /* of children of the leaflet, the lowest first */

  /* state */
  gboolean is_moving;
};

enum
{
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrNavigation, fr_navigation, G_TYPE_OBJECT)

static GtkWidget *
get_top (FrNavigation *self)
{
  return g_ptr_array_index (self->stack, self->stack->len - 1);
}

/* A swipe, the key and the button of a mouse go to what is navigatable, so that is what lies below, and nothing else. */
static void
update_navigatable (FrNavigation *self)
{
  g_autoptr (GtkSelectionModel) pages = adw_leaflet_get_pages (self->leaflet);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (AdwLeafletPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);

      adw_leaflet_page_set_navigatable (page, g_ptr_array_find (self->stack, adw_leaflet_page_get_child (page), NULL));
    }
}

/* The leaflet gives a page back the focus that it had; on the first visit, and where that is gone, something gets it. */
static void
keep_focus (FrNavigation *self)
{
  GtkWidget *top = get_top (self);
  GtkRoot *root = gtk_widget_get_root (top);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, top)))
    gtk_widget_child_focus (top, GTK_DIR_TAB_FORWARD);
}

/* The leaflet ends what moved before while it still shows what it showed. */
static void
move_to (FrNavigation *self, GtkWidget *child)
{
  self->is_moving = TRUE;
  adw_leaflet_set_visible_child (self->leaflet, child);
  self->is_moving = FALSE;
}

static void
drop_above (FrNavigation *self, guint length)
{
  while (self->stack->len > length)
    {
      GtkWidget *child = g_ptr_array_steal_index (self->stack, self->stack->len - 1);

      g_signal_emit (self, signals[LEFT], 0, adw_leaflet_page_get_name (adw_leaflet_get_page (self->leaflet, child)));
    }
}

static void
go_down_to (FrNavigation *self, guint length)
{
  if (self->stack->len <= length)
    return;
  move_to (self, g_ptr_array_index (self->stack, length - 1));
  drop_above (self, length);
  update_navigatable (self);
  keep_focus (self);
}

/* What the leaflet did by itself. A swipe may be taken back, so it counts when it has ended. */
static void
follow_cb (FrNavigation *self)
{
  GtkWidget *child = adw_leaflet_get_visible_child (self->leaflet);
  guint index;

  if (self->is_moving || adw_leaflet_get_child_transition_running (self->leaflet) || child == NULL
      || !g_ptr_array_find (self->stack, child, &index))
    return;
  go_down_to (self, index + 1);
}

static void
fr_navigation_finalize (GObject *object)
{
  g_ptr_array_unref (FR_NAVIGATION (object)->stack);
  G_OBJECT_CLASS (fr_navigation_parent_class)->finalize (object);
}

static void
fr_navigation_class_init (FrNavigationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_navigation_finalize;
  signals[LEFT] = g_signal_new ("left", FR_TYPE_NAVIGATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
}

static void
fr_navigation_init (FrNavigation *self)
{
  self->stack = g_ptr_array_new ();
}

/**
 * fr_navigation_new:
 * @leaflet: what shows the pages, which have names
 *
 * Returns: (transfer full): a stack of the one page that is shown
 */
FrNavigation *
fr_navigation_new (AdwLeaflet *leaflet)
{
  FrNavigation *self = g_object_new (FR_TYPE_NAVIGATION, NULL);

  self->leaflet = leaflet;
  g_ptr_array_add (self->stack, adw_leaflet_get_visible_child (leaflet));
  update_navigatable (self);
  g_signal_connect_object (leaflet, "notify::visible-child", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (leaflet, "notify::child-transition-running", G_CALLBACK (follow_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* What is chosen in a menu is done before that closes. The leaflet would keep an item of it as the focus of the page, and
 * give it that on the way back: then no key does anything. */
static void
leave_menu (FrNavigation *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->leaflet));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;

  if (popover == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_grab_focus (gtk_widget_get_parent (popover));
}

/**
 * fr_navigation_push:
 * @self: a stack of pages
 * @name: a page of the leaflet
 *
 * Shows it on top of what is shown now. One that lies below is taken out of there, so that back leads to where one was.
 */
void
fr_navigation_push (FrNavigation *self, const char *name)
{
  GtkWidget *child = adw_leaflet_get_child_by_name (self->leaflet, name);
  GtkWidget *top = get_top (self);

  g_return_if_fail (child != NULL && child != g_ptr_array_index (self->stack, 0));
  if (child == top)
    return;
  leave_menu (self);
  g_ptr_array_remove (self->stack, child);
  adw_leaflet_reorder_child_after (self->leaflet, child, top); /* the leaflet goes back in its own order */
  g_ptr_array_add (self->stack, child);
  update_navigatable (self);
  move_to (self, child);
  keep_focus (self);
}

/**
 * fr_navigation_pop:
 * @self: a stack of pages
 *
 * Goes back one page.
 *
 * Returns: %FALSE if the lowest one is shown
 */
gboolean
fr_navigation_pop (FrNavigation *self)
{
  if (self->stack->len == 1)
    return FALSE;
  go_down_to (self, self->stack->len - 1);
  return TRUE;
}

/**
 * fr_navigation_go_home:
 * @self: a stack of pages
 *
 * Goes back to the lowest page.
 */
void
fr_navigation_go_home (FrNavigation *self)
{
  go_down_to (self, 1);
}

guint
fr_navigation_get_depth (FrNavigation *self)
{
  return self->stack->len;
}
