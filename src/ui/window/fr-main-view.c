/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-main-view.h"

#include <glib/gi18n.h>

#include "fr-server-bar.h"

struct _FrMainView
{
  AdwBin parent_instance;

  /* template widgets */
  AdwLeaflet *leaflet;
  GtkWidget *pages;
  AdwViewStack *view_stack;
  GtkWidget *add_button;
  FrServerBar *server_bar;
  FrGalleryPage *gallery_page;
  FrSearchPage *search_page;
  FrPeoplePage *people_page;
  AdwViewStackPage *people_stack_page;
  FrPictureView *picture_view;
  FrHitView *hit_view;

  /* owned */
  FrNode *node;
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrMainView, fr_main_view, ADW_TYPE_BIN)

static void
message_cb (FrMainView *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
other_program_cb (FrMainView *self, const char *address)
{
  /* Translators: the address of a person */
  g_autofree char *text = g_strdup_printf (_ ("“%s” is using another program. Ask them to use Freshet."), address);

  message_cb (self, text);
}

static void
open_item_cb (FrMainView *self, FrGalleryItem *item)
{
  fr_picture_view_open (self->picture_view, item);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->picture_view));
}

/* One's own pictures need not be fetched. */
static void
open_hit_cb (FrMainView *self, FrHit *hit)
{
  FrGalleryItem *item = fr_gallery_find (fr_node_get_gallery (self->node), fr_hit_get_id (hit));

  if (item != NULL)
    {
      open_item_cb (self, item);
      return;
    }
  fr_hit_view_open (self->hit_view, hit);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->hit_view));
}

/* Whatever way a picture was left. */
static void
visible_child_cb (FrMainView *self)
{
  GtkWidget *child = adw_leaflet_get_visible_child (self->leaflet);

  if (child != GTK_WIDGET (self->picture_view) && fr_picture_view_get_item (self->picture_view) != NULL)
    fr_picture_view_close (self->picture_view);
  if (child != GTK_WIDGET (self->hit_view) && fr_hit_view_get_fetch (self->hit_view) != NULL)
    fr_hit_view_close (self->hit_view);
}

static void
page_changed_cb (FrMainView *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->view_stack);

  gtk_widget_set_visible (self->add_button, g_strcmp0 (name, "pictures") == 0);
  if (g_strcmp0 (name, "search") == 0)
    fr_search_page_focus_entry (self->search_page);
}

/* Somebody waits at the door: that is told on whatever page the person is, once, and marked until they have answered. */
static void
asking_cb (FrMainView *self)
{
  guint n = fr_people_get_n_asking (fr_node_get_people (self->node));

  if (n > adw_view_stack_page_get_badge_number (self->people_stack_page))
    g_signal_emit (self, signals[MESSAGE], 0, _ ("Someone would like to connect to you: see People."));
  adw_view_stack_page_set_badge_number (self->people_stack_page, n);
  adw_view_stack_page_set_needs_attention (self->people_stack_page, n > 0);
}

static void
fr_main_view_dispose (GObject *object)
{
  FrMainView *self = FR_MAIN_VIEW (object);

  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_MAIN_VIEW);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_main_view_parent_class)->dispose (object);
}

static void
fr_main_view_class_init (FrMainViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_main_view_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_MAIN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_SERVER_BAR);
  g_type_ensure (FR_TYPE_GALLERY_PAGE);
  g_type_ensure (FR_TYPE_SEARCH_PAGE);
  g_type_ensure (FR_TYPE_PEOPLE_PAGE);
  g_type_ensure (FR_TYPE_PICTURE_VIEW);
  g_type_ensure (FR_TYPE_HIT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-main-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FrMainView, leaflet);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, pages);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, view_stack);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, add_button);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, server_bar);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, gallery_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, search_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, people_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, people_stack_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, picture_view);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, hit_view);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_hit_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_main_view_back);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
}

static void
fr_main_view_init (FrMainView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_main_view_set_node:
 * @self: a view
 * @node: what it shows; once
 */
void
fr_main_view_set_node (FrMainView *self, FrNode *node)
{
  g_autoptr (FrTextureLoader) loader = fr_texture_loader_new (node);
  FrPeople *people = fr_node_get_people (node);

  g_set_object (&self->node, node);
  fr_server_bar_set_node (self->server_bar, node);
  fr_gallery_page_set_node (self->gallery_page, node, loader);
  fr_search_page_set_node (self->search_page, node, loader);
  fr_people_page_set_node (self->people_page, node);
  g_signal_connect_object (people, "notify::n-asking", G_CALLBACK (asking_cb), self, G_CONNECT_SWAPPED);
  fr_picture_view_set_node (self->picture_view, node, loader);
  fr_hit_view_set_node (self->hit_view, node, loader);
  g_signal_connect_object (node, "trouble", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "other-program", G_CALLBACK (other_program_cb), self, G_CONNECT_SWAPPED);
}

/**
 * fr_main_view_show_page:
 * @self: a view
 * @name: "pictures", "search" or "people"
 */
void
fr_main_view_show_page (FrMainView *self, const char *name)
{
  fr_main_view_back (self);
  adw_view_stack_set_visible_child_name (self->view_stack, name);
  page_changed_cb (self);
}

/**
 * fr_main_view_back:
 * @self: a view
 *
 * Closes the picture that was opened, if any.
 */
void
fr_main_view_back (FrMainView *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->pages);
}

FrGalleryPage *
fr_main_view_get_gallery_page (FrMainView *self)
{
  return self->gallery_page;
}

FrSearchPage *
fr_main_view_get_search_page (FrMainView *self)
{
  return self->search_page;
}

FrPeoplePage *
fr_main_view_get_people_page (FrMainView *self)
{
  return self->people_page;
}

FrPictureView *
fr_main_view_get_picture_view (FrMainView *self)
{
  return self->picture_view;
}

FrHitView *
fr_main_view_get_hit_view (FrMainView *self)
{
  return self->hit_view;
}

const char *
fr_main_view_get_visible_name (FrMainView *self)
{
  return adw_leaflet_get_visible_child_name (self->leaflet);
}
