/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-view.h"

#include <glib/gi18n.h>

#include "fr-facts.h"
#include "fr-fetch-text.h"
#include "fr-save-dialog.h"
#include "fr-stage.h"

struct _FrHitView
{
  AdwBin parent_instance;

  /* template widgets */
  AdwWindowTitle *title;
  FrStage *stage;
  GtkLabel *holders;
  GtkLabel *facts;
  GtkWidget *keep_button;
  GtkWidget *kept;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  FrHit *hit;
  FrFetch *fetch;
  GSignalGroup *hit_signals;
  GSignalGroup *fetch_signals;
  GCancellable *cancellable; /* of what is being loaded */

  /* state */
  guint is_whole : 1;  /* the picture itself is shown */
  guint is_busy : 1;   /* being kept */
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrHitView, fr_hit_view, ADW_TYPE_BIN)

static void
tell (FrHitView *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
update_actions (FrHitView *self)
{
  gboolean is_done = self->fetch != NULL && fr_fetch_get_state (self->fetch) == FR_FETCH_DONE;
  gboolean is_kept = FALSE;

  if (self->fetch != NULL)
    g_object_get (self->fetch, "kept", &is_kept, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hit.keep", is_done && !is_kept && !self->is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hit.save-as", is_done);
  gtk_widget_set_visible (self->keep_button, !is_kept);
  gtk_widget_set_visible (self->kept, is_kept);
}

static void
show_hit (FrHitView *self)
{
  g_autofree char *holders = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->hit, "holders-text", &holders, NULL);
  /* Translators: who has a picture: “From Anna and 2 others” */
  text = g_strdup_printf (_ ("From %s"), holders);
  gtk_label_set_label (self->holders, text);
}

/* The preview, until the whole has come */

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrHitView) self = data;
  g_autoptr (GdkTexture) texture = fr_texture_loader_load_finish (FR_TEXTURE_LOADER (source), result, NULL);

  if (texture != NULL && !self->is_whole)
    fr_stage_set_paintable (self->stage, GDK_PAINTABLE (texture));
}

static void
show_preview (FrHitView *self)
{
  GBytes *preview = fr_hit_get_preview (self->hit);

  if (preview != NULL && !self->is_whole)
    fr_texture_loader_load_async (self->loader, fr_hit_get_id (self->hit), preview, self->cancellable, preview_cb,
                                  g_object_ref (self));
}

/* The whole */

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrHitView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImagePixels) pixels = fr_fetch_render_finish (FR_FETCH (source), result, &error);
  g_autoptr (GdkTexture) texture = pixels != NULL ? fr_texture_from_pixels (pixels) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || FR_FETCH (source) != self->fetch)
    return;
  fr_stage_end_progress (self->stage);
  self->is_whole = TRUE;
  if (texture != NULL)
    fr_stage_set_paintable (self->stage, GDK_PAINTABLE (texture));
  else
    fr_stage_set_error (self->stage, error->message);
}

static const char *
get_holder_name (FrHitView *self)
{
  const FrPeerKey *key = fr_fetch_get_holder (self->fetch);

  for (guint i = 0; i < fr_hit_get_n_holders (self->hit); i++)
    if (fr_peer_key_equal (&fr_hit_get_holder (self->hit, i)->key, key))
      return fr_hit_get_holder (self->hit, i)->name;
  return fr_hit_get_n_holders (self->hit) > 0 ? fr_hit_get_holder (self->hit, 0)->name : "";
}

static void
show_progress (FrHitView *self)
{
  FrFetchState state = fr_fetch_get_state (self->fetch);
  guint64 done = fr_fetch_get_bytes_done (self->fetch), total = fr_fetch_get_bytes_total (self->fetch);
  g_autofree char *text
      = fr_fetch_text_describe (state, get_holder_name (self), fr_fetch_get_place (self->fetch), done, total);

  if (state == FR_FETCH_RUNNING || state == FR_FETCH_PAUSED)
    fr_stage_set_progress (self->stage, total > 0 ? (double) done / (double) total : 0, text);
  else if (state == FR_FETCH_CONNECTING || state == FR_FETCH_QUEUED || state == FR_FETCH_WAITING)
    fr_stage_set_progress (self->stage, 0, text);
}

static void
fetch_state_cb (FrHitView *self)
{
  update_actions (self);
  switch (fr_fetch_get_state (self->fetch))
    {
    case FR_FETCH_DONE:
      fr_fetch_render_async (self->fetch, FR_STAGE_MAX_WIDTH, FR_STAGE_MAX_HEIGHT, self->cancellable, rendered_cb,
                             g_object_ref (self));
      break;
    case FR_FETCH_FAILED:
      fr_stage_end_progress (self->stage);
      fr_stage_set_error (self->stage, fr_fetch_get_error (self->fetch) != NULL
                                           ? fr_fetch_get_error (self->fetch)->message
                                           : _ ("The picture did not come."));
      break;
    case FR_FETCH_CONNECTING:
    case FR_FETCH_QUEUED:
    case FR_FETCH_RUNNING:
    case FR_FETCH_PAUSED:
    case FR_FETCH_WAITING:
    default:
      show_progress (self);
    }
}

static void
begin_fetch (FrHitView *self)
{
  g_autoptr (FrFetch) fetch = fr_node_fetch (self->node, self->hit, -1);

  fr_stage_set_error (self->stage, NULL);
  g_set_object (&self->fetch, fetch);
  g_signal_group_set_target (self->fetch_signals, fetch);
  fetch_state_cb (self);
}

static void
cancel_cb (FrHitView *self)
{
  if (self->fetch != NULL)
    fr_fetch_cancel (self->fetch);
}

/* A picture that has come but cannot be shown is decoded once more; else it is fetched once more. */
static void
retry_cb (FrHitView *self)
{
  self->is_whole = FALSE;
  if (self->hit != NULL)
    begin_fetch (self);
}

/* Keep, and save as */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrHitView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = fr_fetch_keep_finish (FR_FETCH (source), result, &error);

  self->is_busy = FALSE;
  update_actions (self);
  tell (self, picture != NULL ? _ ("Kept with your pictures. Nobody finds it with you.") : error->message);
}

static void
keep_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrHitView *self = FR_HIT_VIEW (widget);

  self->is_busy = TRUE;
  update_actions (self);
  fr_fetch_keep_async (self->fetch, NULL, kept_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrHitView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fr_fetch_save_finish (FR_FETCH (source), result, &error);
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  g_autofree char *text = path != NULL ? g_strdup_printf (_ ("Saved as “%s”"), name) : g_strdup (error->message);

  tell (self, text);
}

static void
path_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrFetch) fetch = data;
  g_autofree char *path = fr_save_dialog_ask_finish (GTK_WIDGET (source), result);

  if (path != NULL)
    fr_fetch_save_async (fetch, path, NULL, saved_cb, g_object_ref (source));
}

static void
save_as_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrHitView *self = FR_HIT_VIEW (widget);

  fr_save_dialog_ask_async (widget, fr_hit_get_title (self->hit), fr_hit_get_picture_type (self->hit), path_chosen_cb,
                            g_object_ref (self->fetch));
}

static void
fr_hit_view_dispose (GObject *object)
{
  FrHitView *self = FR_HIT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->fetch_signals);
  g_clear_object (&self->hit_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_HIT_VIEW);
  g_clear_object (&self->fetch);
  g_clear_object (&self->hit);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_hit_view_parent_class)->dispose (object);
}

static void
fr_hit_view_class_init (FrHitViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_hit_view_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_HIT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_STAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-hit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FrHitView, title);
  gtk_widget_class_bind_template_child (widget_class, FrHitView, stage);
  gtk_widget_class_bind_template_child (widget_class, FrHitView, holders);
  gtk_widget_class_bind_template_child (widget_class, FrHitView, facts);
  gtk_widget_class_bind_template_child (widget_class, FrHitView, keep_button);
  gtk_widget_class_bind_template_child (widget_class, FrHitView, kept);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_install_action (widget_class, "hit.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "hit.save-as", NULL, save_as_action);
}

static void
fr_hit_view_init (FrHitView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hit_signals = g_signal_group_new (FR_TYPE_HIT);
  g_signal_group_connect_swapped (self->hit_signals, "notify::holders-text", G_CALLBACK (show_hit), self);
  g_signal_group_connect_swapped (self->hit_signals, "notify::preview", G_CALLBACK (show_preview), self);
  self->fetch_signals = g_signal_group_new (FR_TYPE_FETCH);
  g_signal_group_connect_swapped (self->fetch_signals, "notify::state", G_CALLBACK (fetch_state_cb), self);
  g_signal_group_connect_swapped (self->fetch_signals, "notify::bytes-done", G_CALLBACK (show_progress), self);
  g_signal_group_connect_swapped (self->fetch_signals, "notify::kept", G_CALLBACK (update_actions), self);
  update_actions (self);
}

void
fr_hit_view_set_node (FrHitView *self, FrNode *node, FrTextureLoader *loader)
{
  g_set_object (&self->node, node);
  g_set_object (&self->loader, loader);
}

/**
 * fr_hit_view_open:
 * @self: a view
 * @hit: what to fetch and show
 */
void
fr_hit_view_open (FrHitView *self, FrHit *hit)
{
  g_autofree char *facts = fr_facts_describe (fr_hit_get_width (hit), fr_hit_get_height (hit), fr_hit_get_size (hit));

  fr_hit_view_close (self);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->hit, hit);
  g_signal_group_set_target (self->hit_signals, hit);
  adw_window_title_set_title (self->title, fr_hit_get_title (hit));
  gtk_label_set_label (self->facts, facts);
  fr_stage_clear (self->stage, fr_hit_get_title (hit));
  show_hit (self);
  show_preview (self);
  begin_fetch (self);
}

/**
 * fr_hit_view_close:
 * @self: a view
 *
 * Shows nothing any more. A picture that is on its way goes on coming, and is there when it is opened again.
 */
void
fr_hit_view_close (FrHitView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_group_set_target (self->hit_signals, NULL);
  g_signal_group_set_target (self->fetch_signals, NULL);
  g_clear_object (&self->fetch);
  g_clear_object (&self->hit);
  self->is_whole = FALSE;
  fr_stage_clear (self->stage, NULL);
  update_actions (self);
}

/**
 * fr_hit_view_get_fetch:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): how the picture comes
 */
FrFetch *
fr_hit_view_get_fetch (FrHitView *self)
{
  return self->fetch;
}

/**
 * fr_hit_view_is_whole:
 * @self: a view
 *
 * Returns: whether the picture itself is shown, not its preview
 */
gboolean
fr_hit_view_is_whole (FrHitView *self)
{
  return self->is_whole;
}
