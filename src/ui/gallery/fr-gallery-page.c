/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-page.h"

#include <glib/gi18n.h>

#include "fr-add-dialog.h"
#include "fr-gallery-tile.h"
#include "fr-offer.h"

struct _FrGalleryPage
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkGridView *grid;
  FrImportBar *import_bar;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  GtkFileChooserNative *chooser;
};

enum
{
  OPEN,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrGalleryPage, fr_gallery_page, ADW_TYPE_BIN)

static void
setup_cb (FrGalleryPage *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, GTK_WIDGET (fr_gallery_tile_new (self->loader)));
}

static void
bind_cb (FrGalleryPage *self, GtkListItem *list_item)
{
  fr_gallery_tile_set_item (FR_GALLERY_TILE (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
unbind_cb (FrGalleryPage *self, GtkListItem *list_item)
{
  fr_gallery_tile_set_item (FR_GALLERY_TILE (gtk_list_item_get_child (list_item)), NULL);
}

static void
activate_cb (FrGalleryPage *self, guint position)
{
  g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (fr_node_get_gallery (self->node)), position);

  if (item != NULL)
    g_signal_emit (self, signals[OPEN], 0, item);
}

static void
message_cb (FrGalleryPage *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
items_changed_cb (FrGalleryPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (self->node)));

  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : "grid");
}

static void
fr_gallery_page_dispose (GObject *object)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_GALLERY_PAGE);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_gallery_page_parent_class)->dispose (object);
}

static void
fr_gallery_page_class_init (FrGalleryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_gallery_page_dispose;
  signals[OPEN] = g_signal_new ("open", FR_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_GALLERY_ITEM);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_IMPORT_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-gallery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, import_bar);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
}

static void
fr_gallery_page_init (FrGalleryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_gallery_page_set_node:
 * @self: a page
 * @node: whose pictures; once
 * @loader: who loads what the tiles show
 */
void
fr_gallery_page_set_node (FrGalleryPage *self, FrNode *node, FrTextureLoader *loader)
{
  FrGallery *gallery = fr_node_get_gallery (node);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (gallery)));

  g_set_object (&self->node, node);
  g_set_object (&self->loader, loader);
  g_signal_connect_object (gallery, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (selection));
  items_changed_cb (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrImport) import = data;

  if (fr_add_dialog_ask_finish (GTK_WIDGET (source), result))
    fr_gallery_page_add (FR_GALLERY_PAGE (source), import);
}

/* The dialog says that everyone will find what is added. */
static FrImport *
new_import (FrImport *import)
{
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  return import;
}

/**
 * fr_gallery_page_offer_paths:
 * @self: a page
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 *
 * Asks whether they shall be added, then adds them.
 */
void
fr_gallery_page_offer_paths (FrGalleryPage *self, const char *const *paths)
{
  g_autofree char *heading = fr_add_dialog_make_heading (paths);

  if (paths[0] != NULL)
    fr_add_dialog_ask_async (GTK_WIDGET (self), heading, answered_cb,
                             new_import (fr_import_new (fr_node_get_gallery (self->node), paths)));
}

/**
 * fr_gallery_page_offer_bytes:
 * @self: a page
 * @bytes: a picture as in a file
 *
 * Asks whether it shall be added, then adds it.
 */
void
fr_gallery_page_offer_bytes (FrGalleryPage *self, GBytes *bytes)
{
  fr_add_dialog_ask_async (GTK_WIDGET (self), _ ("Add this picture?"), answered_cb,
                           new_import (fr_import_new_for_bytes (fr_node_get_gallery (self->node), bytes,
                                                                _ ("Pasted picture"))));
}

static void
chosen_cb (FrGalleryPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GListModel) files = NULL;
  g_auto (GStrv) paths = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  paths = fr_offer_paths_of_files (files);
  fr_gallery_page_offer_paths (self, (const char *const *) paths);
}

/**
 * fr_gallery_page_choose:
 * @self: a page
 *
 * Lets the person choose files to add.
 */
void
fr_gallery_page_choose (FrGalleryPage *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Add Pictures"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _ ("_Add"), _ ("_Cancel"));
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * fr_gallery_page_add:
 * @self: a page
 * @import: what to add, not started
 */
void
fr_gallery_page_add (FrGalleryPage *self, FrImport *import)
{
  fr_import_bar_add (self->import_bar, import);
}

FrImportBar *
fr_gallery_page_get_import_bar (FrGalleryPage *self)
{
  return self->import_bar;
}
