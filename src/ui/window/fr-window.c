/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-private.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-gallery-error.h"
#include "fr-offer.h"
#include "fr-rescue-text.h"
#include "fr-settings.h"
#include "fr-window-size.h"

#define SILENT_MS 300 /* what takes longer says what it does */

struct _FrWindow
{
  AdwApplicationWindow parent_instance;

  /* template widgets */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkWidget *loading;
  AdwStatusPage *trouble;
  GtkWidget *retry_button;
  FrFirstStart *first_start;
  FrMainView *main_view;
  GtkWidget *drop_hint;

  /* owned */
  FrNode *node;
  FrNotifier *notifier;      /* with the node */
  GSettings *settings;       /* nullable */
  GCancellable *cancellable; /* of opening */
  GSource *silence;          /* runs out when opening takes long */
  char *trouble_text;
  char *invitation;  /* that came before the node was open */
  GListStore *files; /* of GFile: the same of pictures */
  char *folder;
  char *name;
  char *server;
  char *stun;
  char *image_program;

  /* state */
  guint loopback_only : 1;
  guint is_closing : 1;
  guint narrow : 1;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrWindow, fr_window, ADW_TYPE_APPLICATION_WINDOW)

static void
end_silence (FrWindow *self)
{
  if (self->silence != NULL)
    g_source_destroy (self->silence);
  g_clear_pointer (&self->silence, g_source_unref);
}

static gboolean
silence_cb (gpointer data)
{
  FrWindow *self = data;

  end_silence (self);
  gtk_widget_set_visible (self->loading, TRUE);
  return G_SOURCE_REMOVE;
}

static void
begin_silence (FrWindow *self)
{
  end_silence (self);
  gtk_widget_set_visible (self->loading, FALSE);
  self->silence = g_timeout_source_new (SILENT_MS);
  g_source_set_callback (self->silence, silence_cb, self, NULL);
  g_source_attach (self->silence, NULL);
}

static void
show (FrWindow *self, const char *name)
{
  end_silence (self);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.retry", g_str_equal (name, "trouble"));
  fr_window_actions_update (self);
}

static void
show_trouble (FrWindow *self, const GError *error)
{
  g_autoptr (GError) sentence = fr_gallery_error_new (error);
  g_autofree char *escaped = g_markup_escape_text (sentence->message, -1);

  g_free (self->trouble_text);
  self->trouble_text = g_strdup (sentence->message);
  adw_status_page_set_description (self->trouble, escaped);
  show (self, "trouble");
  gtk_widget_grab_focus (self->retry_button);
  fr_announce (self->retry_button, sentence->message);
}

static void
add_files (FrWindow *self)
{
  g_autoptr (GListStore) files = g_steal_pointer (&self->files);
  g_auto (GStrv) paths = fr_offer_paths_of_files (G_LIST_MODEL (files));

  fr_main_view_show_page (self->main_view, "pictures");
  if (paths[0] != NULL)
    fr_gallery_page_offer_paths (fr_main_view_get_gallery_page (self->main_view), (const char *const *) paths);
  else
    fr_window_say (self, _ ("There is no picture in it that is on this computer. Save it first, then add it."));
}

static void
show_main (FrWindow *self)
{
  show (self, "main");
  fr_main_view_take_focus (self->main_view);
  if (self->files != NULL)
    add_files (self);
  fr_window_show_asked (self);
}

/* What was opened before there was anything to take it. */
static void
take_waiting_invitation (FrWindow *self)
{
  g_autofree char *invitation = g_steal_pointer (&self->invitation);

  if (invitation != NULL)
    fr_window_take_invitation (self, invitation);
}

static void
first_start_finished_cb (FrWindow *self, gboolean choose)
{
  show_main (self);
  if (choose)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.add-pictures", NULL);
}

/* A name of the system's is proposed, where it has one. */
static void
ask_first_questions (FrWindow *self)
{
  const char *name = g_get_real_name ();

  if (name != NULL && !g_str_equal (name, "Unknown"))
    fr_first_start_fill_in (self->first_start, name);
  fr_first_start_set_node (self->first_start, self->node);
  show (self, "first-start");
}

/* Told once: the list is whole again when Freshet is opened the next time. */
static void
tell_rescue (FrWindow *self)
{
  g_autofree char *body = NULL;
  GtkWidget *dialog;
  guint n_unnamed;

  if (!fr_node_was_rescued (self->node, &n_unnamed))
    return;
  body = fr_rescue_text_describe (n_unnamed);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The List of Your Pictures Was Damaged"), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrNode) node = fr_node_open_finish (result, &error);

  if (self->is_closing || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (node != NULL)
        fr_node_close_async (node, NULL, NULL);
      return;
    }
  g_set_object (&self->node, node);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) && (node == NULL || fr_node_get_name (node) == NULL))
    {
      fr_window_quit (self); /* started without a window, there is nobody to be told, or asked */
      return;
    }
  if (node == NULL)
    {
      show_trouble (self, error);
      return;
    }
  fr_main_view_set_node (self->main_view, node);
  self->notifier = fr_notifier_new (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), node,
                                    GTK_WINDOW (self));
  if (fr_node_get_name (node) == NULL)
    ask_first_questions (self);
  else
    show_main (self);
  take_waiting_invitation (self);
  tell_rescue (self);
}

static void
open_node (FrWindow *self)
{
  FrNodeOptions options = { .asks = TRUE, /* there is a person to be asked */
                            .folder = self->folder,
                            .name = self->name,
                            .server = self->server,
                            .stun = self->stun,
                            .image_program = self->image_program,
                            .loopback_only = self->loopback_only };

  show (self, "loading");
  begin_silence (self);
  fr_node_open_async (&options, self->cancellable, opened_cb, g_object_ref (self));
}

static void
retry_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_node (FR_WINDOW (widget));
}

static void
message_cb (FrWindow *self, const char *text)
{
  fr_window_say (self, text);
}

/* The window goes at once; saying goodbye to everybody takes up to a second more. */
static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWindow) self = data;

  fr_node_close_finish (FR_NODE (source), result, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/**
 * fr_window_quit:
 * @self: a window
 *
 * Ends it, and the node with it, whatever is shown.
 */
void
fr_window_quit (FrWindow *self)
{
  if (self->is_closing)
    return;
  self->is_closing = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->notifier);
  fr_window_close_preferences (self, TRUE);
  fr_window_hide (self);
  if (self->node != NULL)
    fr_node_close_async (self->node, closed_cb, g_object_ref (self));
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

/**
 * fr_window_hide:
 * @self: a window
 *
 * Leaves what is shown, for when the window is shown again.
 */
void
fr_window_hide (FrWindow *self)
{
  fr_main_view_go_home (self->main_view);
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    fr_window_size_save (GTK_WINDOW (self));
  fr_window_close_preferences (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
fr_window_close_request (GtkWindow *window)
{
  FrWindow *self = FR_WINDOW (window);

  if (!self->is_closing)
    fr_window_leave (self);
  return GDK_EVENT_STOP;
}

static void
update_narrow (FrWindow *self)
{
  int xft_dpi;
  gboolean narrow;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &xft_dpi, NULL);
  narrow = fr_window_size_is_narrow (gtk_widget_get_width (GTK_WIDGET (self)), xft_dpi);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/* GTK's own handler is there first and has given the window its width; what changes by ours is laid out again before the
 * frame is drawn. */
static void
fr_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fr_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (update_narrow), widget,
                           G_CONNECT_SWAPPED);
}

static void
fr_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrWindow *self = FR_WINDOW (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_window_dispose (GObject *object)
{
  FrWindow *self = FR_WINDOW (object);

  end_silence (self);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_WINDOW);
  g_clear_object (&self->notifier);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_window_parent_class)->dispose (object);
}

static void
fr_window_finalize (GObject *object)
{
  FrWindow *self = FR_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->files);
  g_clear_object (&self->settings);
  g_free (self->trouble_text);
  g_free (self->invitation);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->server);
  g_free (self->stun);
  g_free (self->image_program);
  G_OBJECT_CLASS (fr_window_parent_class)->finalize (object);
}

static void
fr_window_class_init (FrWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = fr_window_get_property;
  G_OBJECT_CLASS (klass)->dispose = fr_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_window_finalize;
  widget_class->realize = fr_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = fr_window_close_request;
  properties[PROP_NARROW]
      = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  g_type_ensure (FR_TYPE_FIRST_START);
  g_type_ensure (FR_TYPE_MAIN_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FrWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FrWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FrWindow, loading);
  gtk_widget_class_bind_template_child (widget_class, FrWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, FrWindow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FrWindow, first_start);
  gtk_widget_class_bind_template_child (widget_class, FrWindow, main_view);
  gtk_widget_class_bind_template_child (widget_class, FrWindow, drop_hint);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_start_finished_cb);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
  fr_window_class_install_actions (widget_class);
}

static void
fr_window_init (FrWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  fr_window_size_restore (GTK_WINDOW (self));
  fr_window_accept_drops (self, self->drop_hint);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (update_narrow), self, G_CONNECT_SWAPPED);
  self->settings = fr_settings_open ();
  if (self->settings != NULL)
    {
      g_signal_connect_object (self->settings, "changed::" FR_SETTING_KEEP_SHARING, G_CALLBACK (fr_window_update_quit),
                               self, G_CONNECT_SWAPPED);
      g_free (g_settings_get_string (self->settings, FR_SETTING_KEEP_SHARING)); /* only what was read is told of */
    }
  fr_window_actions_update (self);
}

/**
 * fr_window_new:
 * @application: what it belongs to
 *
 * Returns: (transfer none): a window that shows nothing yet
 */
FrWindow *
fr_window_new (GtkApplication *application)
{
  return g_object_new (FR_TYPE_WINDOW, "application", application, NULL);
}

/**
 * fr_window_open:
 * @self: a window
 * @options: which Freshet; copied
 *
 * Opens it. What goes wrong stands in the window.
 */
void
fr_window_open (FrWindow *self, const FrNodeOptions *options)
{
  self->folder = g_strdup (options->folder);
  self->name = g_strdup (options->name);
  self->server = g_strdup (options->server);
  self->stun = g_strdup (options->stun);
  self->image_program = g_strdup (options->image_program);
  self->loopback_only = options->loopback_only;
  open_node (self);
}

/**
 * fr_window_get_node:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what it shows, once that is open
 */
FrNode *
fr_window_get_node (FrWindow *self)
{
  return self->node;
}

FrFirstStart *
fr_window_get_first_start (FrWindow *self)
{
  return self->first_start;
}

/* For what closes it: NULL before the node is open. */
FrNotifier *
fr_window_get_notifier (FrWindow *self)
{
  return self->notifier;
}

FrMainView *
fr_window_get_main_view (FrWindow *self)
{
  return self->main_view;
}

const char *
fr_window_get_visible_name (FrWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * fr_window_get_trouble:
 * @self: a window
 *
 * Returns: (nullable): why it could not be opened, as a sentence
 */
const char *
fr_window_get_trouble (FrWindow *self)
{
  return self->trouble_text;
}

/**
 * fr_window_take_invitation:
 * @self: a window
 * @invitation: a `freshet:` link that was opened
 *
 * Puts it where the person has only to say yes, now or as soon as that is possible.
 */
void
fr_window_take_invitation (FrWindow *self, const char *invitation)
{
  const char *page = fr_window_get_visible_name (self);

  if (g_strcmp0 (page, "main") == 0)
    fr_invite_sheet_fill_in (fr_window_invite (self), invitation);
  else if (g_strcmp0 (page, "first-start") == 0)
    fr_first_start_take_invitation (self->first_start, invitation);
  else
    {
      g_free (self->invitation);
      self->invitation = g_strdup (invitation);
    }
}

/* For dropping: pictures are welcome at the end of the first start, too, which ends by them. */
gboolean
fr_window_takes_pictures (FrWindow *self)
{
  const char *page = fr_window_get_visible_name (self);

  return g_strcmp0 (page, "main") == 0
         || (g_strcmp0 (page, "first-start") == 0 && fr_first_start_get_step (self->first_start) == FR_FIRST_PICTURES);
}

void
fr_window_end_first_start (FrWindow *self)
{
  if (g_strcmp0 (fr_window_get_visible_name (self), "first-start") == 0)
    show_main (self);
}

/**
 * fr_window_take_files:
 * @self: a window
 * @files: (array length=n_files): what was opened with Freshet: pictures, or folders of them
 * @n_files: how many
 *
 * Adds them, now or as soon as that is possible, once it is known who can see them.
 */
void
fr_window_take_files (FrWindow *self, GFile *const *files, guint n_files)
{
  if (n_files == 0)
    return;
  if (self->files == NULL)
    self->files = g_list_store_new (G_TYPE_FILE);
  g_list_store_splice (self->files, g_list_model_get_n_items (G_LIST_MODEL (self->files)), 0, (gpointer *) files,
                       n_files);
  if (g_strcmp0 (fr_window_get_visible_name (self), "main") == 0)
    add_files (self);
}

/**
 * fr_window_say:
 * @self: a window
 * @text: something that needs no answer
 */
void
fr_window_say (FrWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
  fr_announce (GTK_WIDGET (self), text);
}
