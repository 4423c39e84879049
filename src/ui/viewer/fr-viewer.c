/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-settings.h"

enum
{
  PROP_0,
  PROP_NARROW,
  PROP_DETAILS_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CLOSED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrViewer, fr_viewer, ADW_TYPE_BIN)

/* Nothing that had the focus takes it along when it goes. */
void
fr_viewer_keep_focus (FrViewer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (focus == NULL || !gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (self->is_gone ? self->gone_button : GTK_WIDGET (self->canvas));
}

/* What is known of the picture */

void
fr_viewer_update (FrViewer *self)
{
  FrViewerFacts facts;

  fr_viewer_update_picture_actions (self);
  if (self->picture == NULL)
    return;
  facts = *fr_viewed_picture_get_facts (self->picture);
  if (self->failed_text != NULL)
    facts.keep_error = self->failed_text;
  fr_viewer_bar_show (self->bar, &facts);
  fr_canvas_set_covered (self->canvas, facts.is_covered);
  fr_canvas_set_label (self->canvas, fr_viewed_picture_get_words (self->picture));
  adw_window_title_set_title (self->title, fr_viewed_picture_get_title (self->picture));
  fr_details_update (self->details);
  fr_viewer_keep_focus (self);
}

static void
texture_cb (FrViewer *self, GdkTexture *texture)
{
  fr_canvas_set_texture (self->canvas, texture);
}

static void
part_cb (FrViewer *self, GdkTexture *texture, const FrImagePart *part)
{
  fr_canvas_set_part (self->canvas, texture, part);
}

static void
kept_cb (FrViewer *self)
{
  fr_viewer_tell (self, _ ("Kept. Only you can see it."));
}

static void
want_cb (FrViewer *self, guint width, guint height)
{
  if (self->picture != NULL)
    fr_viewed_picture_want (self->picture, width, height);
}

static void
want_part_cb (FrViewer *self, const FrImagePart *part)
{
  if (self->picture != NULL)
    fr_viewed_picture_want_part (self->picture, part);
}

static char *
describe_percent (FrViewer *self)
{
  /* Translators: how large a picture is shown: 100 % is a pixel on each of the screen’s */
  return g_strdup_printf (_ ("%u %%"), fr_canvas_get_percent (self->canvas));
}

static void
zoomed_cb (FrViewer *self)
{
  g_autofree char *text = describe_percent (self);

  gtk_label_set_label (self->percent, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->percent_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_sensitive (self->smaller_button, fr_canvas_can_zoom (self->canvas, -1));
  gtk_widget_set_sensitive (self->larger_button, fr_canvas_can_zoom (self->canvas, 1));
  gtk_widget_set_visible (self->zoom_box,
                          fr_canvas_is_measured (self->canvas) && fr_vanishing_get_revealed (self->vanishing));
  fr_viewer_keep_focus (self);
}

/* Zooming, moving */

static void
zoom_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);
  const char *zoom = g_variant_get_string (parameter, NULL);
  gboolean is_toggle = g_str_equal (zoom, "toggle");
  g_autofree char *text = NULL;

  if (g_str_equal (zoom, "in"))
    fr_canvas_zoom (self->canvas, 1);
  else if (g_str_equal (zoom, "out"))
    fr_canvas_zoom (self->canvas, -1);
  else if (g_str_equal (zoom, "actual") || (is_toggle && fr_canvas_is_fit (self->canvas)))
    fr_canvas_zoom_to_actual (self->canvas);
  else
    fr_canvas_zoom_to_fit (self->canvas);
  text = describe_percent (self);
  fr_announce_progress (GTK_WIDGET (self->canvas), text);
}

static void
pan_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *where = g_variant_get_string (parameter, NULL);
  int x = g_str_equal (where, "right") - g_str_equal (where, "left");
  int y = g_str_equal (where, "down") - g_str_equal (where, "up");

  fr_canvas_pan (FR_VIEWER (widget)->canvas, x, y);
}

static void
retry_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);
  g_autofree char *failed = g_strdup (self->failed_action);

  if (self->picture == NULL)
    return;
  fr_viewer_fail (self, NULL, NULL);
  if (failed != NULL)
    gtk_widget_activate_action (widget, failed, NULL);
  else
    fr_viewed_picture_retry (self->picture);
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (FR_VIEWER (widget)->picture != NULL)
    fr_viewed_picture_stop (FR_VIEWER (widget)->picture);
}

static void
uncover_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (FR_VIEWER (widget)->picture != NULL)
    fr_viewed_picture_uncover (FR_VIEWER (widget)->picture);
}

static void
menu_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (FR_VIEWER (widget)->menu_button);
}

static void
fr_viewer_root (GtkWidget *widget)
{
  FrViewer *self = FR_VIEWER (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (fr_viewer_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::fullscreened", G_CALLBACK (fr_viewer_fullscreened_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
fr_viewer_unroot (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  g_signal_handlers_disconnect_by_func (root, fr_viewer_fullscreened_cb, widget);
  GTK_WIDGET_CLASS (fr_viewer_parent_class)->unroot (widget);
}

static void
fr_viewer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrViewer *self = FR_VIEWER (object);

  if (id == PROP_NARROW)
    g_value_set_boolean (value, self->is_narrow);
  else if (id == PROP_DETAILS_SHOWN)
    g_value_set_boolean (value, fr_viewer_get_details_shown (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_viewer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrViewer *self = FR_VIEWER (object);

  if (id == PROP_NARROW)
    fr_viewer_set_narrow (self, g_value_get_boolean (value));
  else if (id == PROP_DETAILS_SHOWN)
    fr_viewer_set_details_shown (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_viewer_dispose (GObject *object)
{
  FrViewer *self = FR_VIEWER (object);

  g_clear_object (&self->vanishing);
  g_clear_object (&self->picture_actions);
  g_clear_object (&self->picture_signals);
  g_clear_object (&self->pictures_signals);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_VIEWER);
  g_clear_object (&self->picture);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->failed_action, g_free);
  g_clear_pointer (&self->failed_text, g_free);
  g_clear_object (&self->settings);
  g_clear_object (&self->veil);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_viewer_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, FrViewer, leaflet);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, top);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, bottom);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, header_bar);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, title);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, fullscreen_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, bar);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, canvas);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, previous_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, next_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, zoom_box);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, smaller_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, larger_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, percent_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, percent);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, play_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, gone_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewer, details);
  gtk_widget_class_bind_template_callback (widget_class, fr_viewer_arranged_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_viewer_mapped_cb);
  gtk_widget_class_bind_template_callback (widget_class, want_cb);
  gtk_widget_class_bind_template_callback (widget_class, want_part_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoomed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_viewer_tell);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "viewer.previous", NULL, fr_viewer_walk_action);
  gtk_widget_class_install_action (widget_class, "viewer.next", NULL, fr_viewer_walk_action);
  gtk_widget_class_install_action (widget_class, "viewer.zoom", "s", zoom_action);
  gtk_widget_class_install_action (widget_class, "viewer.pan", "s", pan_action);
  gtk_widget_class_install_action (widget_class, "viewer.play", NULL, fr_viewer_play_action);
  gtk_widget_class_install_action (widget_class, "viewer.fullscreen", NULL, fr_viewer_fullscreen_action);
  gtk_widget_class_install_property_action (widget_class, "viewer.details", "details-shown");
  gtk_widget_class_install_action (widget_class, "viewer.edit-title", NULL, fr_viewer_edit_title_action);
  gtk_widget_class_install_action (widget_class, "viewer.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "viewer.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "viewer.uncover", NULL, uncover_action);
  gtk_widget_class_install_action (widget_class, "viewer.menu", NULL, menu_action);
  fr_viewer_class_install_picture_actions (widget_class);
  fr_viewer_class_add_keys (widget_class);
}

static void
fr_viewer_class_init (FrViewerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_viewer_get_property;
  object_class->set_property = fr_viewer_set_property;
  object_class->dispose = fr_viewer_dispose;
  widget_class->root = fr_viewer_root;
  widget_class->unroot = fr_viewer_unroot;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_DETAILS_SHOWN] = g_param_spec_boolean ("details-shown", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CLOSED] = g_signal_new ("closed", FR_TYPE_VIEWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_VIEWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  g_type_ensure (FR_TYPE_CANVAS);
  g_type_ensure (FR_TYPE_DETAILS);
  g_type_ensure (FR_TYPE_VIEWER_BAR);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
add_vanishing (FrViewer *self)
{
  GtkWidget *bars[] = { GTK_WIDGET (self->header_bar), GTK_WIDGET (self->bar), self->zoom_box, self->previous_button,
                        self->next_button };

  self->vanishing = fr_vanishing_new (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    fr_vanishing_add_bar (self->vanishing, bars[i]);
  g_signal_connect_object (self->vanishing, "notify::revealed", G_CALLBACK (fr_viewer_revealed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_signals (FrViewer *self)
{
  self->pictures_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->pictures_signals, "items-changed", G_CALLBACK (fr_viewer_pictures_changed_cb), self);
  self->picture_signals = g_signal_group_new (FR_TYPE_VIEWED_PICTURE);
  g_signal_group_connect_swapped (self->picture_signals, "changed", G_CALLBACK (fr_viewer_update), self);
  g_signal_group_connect_swapped (self->picture_signals, "texture", G_CALLBACK (texture_cb), self);
  g_signal_group_connect_swapped (self->picture_signals, "kept", G_CALLBACK (kept_cb), self);
  g_signal_group_connect_swapped (self->picture_signals, "part", G_CALLBACK (part_cb), self);
  g_signal_group_connect_swapped (self->picture_signals, "moving", G_CALLBACK (fr_viewer_moving_cb), self);
}

static void
fr_viewer_init (FrViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = fr_settings_open ();
  self->wants_details
      = self->settings != NULL && g_settings_get_boolean (self->settings, FR_SETTING_DETAILS_SHOWN);
  add_signals (self);
  add_vanishing (self);
  fr_viewer_drag_attach (self);
  self->picture_actions = fr_picture_actions_new (GTK_WIDGET (self), fr_viewer_list_whole);
  g_signal_connect_object (self->picture_actions, "failed", G_CALLBACK (fr_viewer_fail), self, G_CONNECT_SWAPPED);
  zoomed_cb (self);
  fr_viewer_arrange (self);
  fr_viewer_update (self);
  fr_viewer_update_moving (self);
}

void
fr_viewer_set_node (FrViewer *self, FrNode *node, FrTextureLoader *loader)
{
  g_set_object (&self->node, node);
  g_set_object (&self->loader, loader);
  fr_details_set_node (self->details, node);
}

/**
 * fr_viewer_open:
 * @self: a viewer
 * @pictures: (element-type GObject): #FrWallItem, #FrGalleryItem or #FrHit: what is gone through
 * @position: of what is shown first
 * @veil: (nullable): what is blurred
 */
void
fr_viewer_open (FrViewer *self, GListModel *pictures, guint position, FrVeil *veil)
{
  g_set_object (&self->pictures, pictures);
  g_signal_group_set_target (self->pictures_signals, pictures);
  g_set_object (&self->veil, veil);
  fr_viewer_show_position (self, position);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/**
 * fr_viewer_close:
 * @self: a viewer
 *
 * Keeps what has been changed, and shows nothing any more.
 */
void
fr_viewer_close (FrViewer *self)
{
  if (self->is_fullscreen)
    gtk_window_unfullscreen (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  if (self->is_narrow)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->top));
  g_signal_group_set_target (self->pictures_signals, NULL);
  fr_viewer_set_picture (self, NULL);
  g_clear_object (&self->pictures);
  fr_canvas_clear (self->canvas, 0, 0, "");
  fr_viewer_update (self);
}

/**
 * fr_viewer_find_position:
 * @self: a viewer
 * @out_position: (out): of what is shown
 *
 * Returns: %FALSE if nothing is, or nothing that is still there
 */
gboolean
fr_viewer_find_position (FrViewer *self, guint *out_position)
{
  if (self->picture == NULL || self->is_gone)
    return FALSE;
  *out_position = self->position;
  return TRUE;
}

FrViewedPicture *
fr_viewer_get_picture (FrViewer *self)
{
  return self->picture;
}

FrCanvas *
fr_viewer_get_canvas (FrViewer *self)
{
  return self->canvas;
}

FrDetails *
fr_viewer_get_details (FrViewer *self)
{
  return self->details;
}

void
fr_viewer_tell (FrViewer *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}
