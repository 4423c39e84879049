/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture-actions.h"

#include <glib/gi18n.h>

#include "fr-hand-out-content.h"
#include "fr-other-programs.h"
#include "fr-picture-print.h"
#include "fr-picture-save.h"
#include "fr-portal.h"
#include "fr-toast.h"

struct _FrPictureActions
{
  GObject parent_instance;

  /* owned */
  GSimpleActionGroup *group;

  /* borrowed */
  GtkWidget *widget; /* it owns this; NULL: it is gone */
  FrPictureActionsList list;

  /* state */
  guint has_wallpaper : 1; /* the desktop takes one */
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPictureActions, fr_picture_actions, G_TYPE_OBJECT)

static void
fail (FrPictureActions *self, const char *action, const char *text)
{
  if (self->widget == NULL)
    return;
  if (g_signal_has_handler_pending (self, signals[FAILED], 0, FALSE))
    g_signal_emit (self, signals[FAILED], 0, action, text);
  else
    fr_toast_say (self->widget, text);
}

/* Copy */

static void
copy_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPictureActions *self = data;
  FrNode *node = NULL;
  g_autoptr (GPtrArray) pictures = self->list (self->widget, &node);
  g_autoptr (GdkContentProvider) content = NULL;
  g_autofree char *text = NULL;
  guint n = pictures->len;

  if (n == 0)
    return;
  if (n > FR_HAND_OUT_MAX_PICTURES)
    {
      text = fr_hand_out_describe_too_many ();
      fail (self, "copy", text);
      return;
    }
  content = fr_hand_out_content_new_for_clipboard (node, pictures);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (self->widget), content);
  text = n == 1 ? g_strdup (_ ("Picture copied")) : g_strdup_printf (ngettext ("%u picture copied", "%u pictures copied", n), n);
  fr_toast_say (self->widget, text);
}

/* Of one alone. */
static GObject *
find_one (FrPictureActions *self, FrNode **out_node)
{
  g_autoptr (GPtrArray) pictures = self->list (self->widget, out_node);

  return pictures->len == 1 ? g_object_ref (pictures->pdata[0]) : NULL;
}

/* Save, and show it there */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureActions) self = data;
  g_autoptr (GError) error = NULL;

  fr_picture_save_finish (GTK_WIDGET (source), result, &error);
  if (error != NULL)
    fail (self, "save-as", error->message);
}

static void
save_as_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPictureActions *self = data;
  FrNode *node = NULL;
  g_autoptr (GObject) picture = find_one (self, &node);

  if (picture != NULL)
    fr_picture_save_as_async (self->widget, node, picture, FALSE, saved_cb, g_object_ref (self));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureActions) self = data;
  g_autoptr (GError) error = NULL;

  fr_picture_save_finish (GTK_WIDGET (source), result, &error);
  if (error != NULL)
    fail (self, "show-in-files", error->message);
}

static void
show_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPictureActions *self = data;
  FrNode *node = NULL;
  g_autoptr (GObject) picture = find_one (self, &node);

  if (picture != NULL)
    fr_picture_save_and_show_async (self->widget, node, picture, shown_cb, g_object_ref (self));
}

/* Print */

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureActions) self = data;
  g_autoptr (GError) error = NULL;

  fr_picture_print_finish (result, &error);
  if (error != NULL)
    fail (self, "print", error->message);
}

static void
print_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPictureActions *self = data;
  FrNode *node = NULL;
  g_autoptr (GObject) picture = find_one (self, &node);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  if (picture != NULL)
    fr_picture_print_async (self->widget, node, picture, cancellable, printed_cb, g_object_ref (self));
}

/* What needs a copy first, which may take a while */

typedef struct
{
  FrPictureActions *actions; /* owned */
  const char *name;          /* of the action */
  FrToastWait *wait;
  GCancellable *cancellable; /* owned */
  void (*func) (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
} Errand;

static void
errand_free (Errand *errand)
{
  g_clear_pointer (&errand->wait, fr_toast_wait_end);
  g_object_unref (errand->actions);
  g_object_unref (errand->cancellable);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
fail_errand (const Errand *errand, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (errand->actions, errand->name, error->message);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = fr_other_programs_finish (result, &error);

  if (error != NULL)
    fail_errand (errand, error);
  else if (is_done && g_str_equal (errand->name, "set-wallpaper") && errand->actions->widget != NULL)
    fr_toast_say (errand->actions->widget, _ ("This is your wallpaper now."));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = fr_hand_out_make_finish (FR_HAND_OUT (source), result, &error);
  GCancellable *cancellable = errand->cancellable;

  g_clear_pointer (&errand->wait, fr_toast_wait_end);
  if (files == NULL)
    fail_errand (errand, error);
  else
    errand->func (files->pdata[0], cancellable, done_cb, g_steal_pointer (&errand));
}

static void
run_errand (FrPictureActions *self, Errand errand)
{
  FrNode *node = NULL;
  g_autoptr (GPtrArray) pictures = self->list (self->widget, &node);
  Errand *copy;

  if (pictures->len != 1)
    return;
  errand.actions = g_object_ref (self);
  errand.cancellable = g_cancellable_new ();
  errand.wait = fr_toast_wait_new (self->widget, _ ("Getting the picture ready…"), errand.cancellable);
  copy = g_new (Errand, 1);
  *copy = errand;
  fr_hand_out_make_async (fr_hand_out_get (node), fr_node_get_gallery (node), pictures, errand.cancellable, made_cb, copy);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  run_errand (data, (Errand){ .name = "open-with", .func = fr_other_programs_open_async });
}

static void
wallpaper_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  run_errand (data, (Errand){ .name = "set-wallpaper", .func = fr_other_programs_set_wallpaper_async });
}

static const GActionEntry entries[] = {
  { "copy", copy_action },
  { "save-as", save_as_action },
  { "show-in-files", show_action },
  { "open-with", open_action },
  { "print", print_action },
  { "set-wallpaper", wallpaper_action },
};

/* How many pictures each can be done with: one alone, or more. */
static gboolean
can_do (FrPictureActions *self, const char *name, guint n)
{
  if (g_str_equal (name, "set-wallpaper") && !self->has_wallpaper)
    return FALSE;
  return g_str_equal (name, "copy") ? n > 0 : n == 1;
}

static void
fr_picture_actions_dispose (GObject *object)
{
  FrPictureActions *self = FR_PICTURE_ACTIONS (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->group);
  G_OBJECT_CLASS (fr_picture_actions_parent_class)->dispose (object);
}

static void
fr_picture_actions_class_init (FrPictureActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_picture_actions_dispose;
  signals[FAILED] = g_signal_new ("failed", FR_TYPE_PICTURE_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
enable (FrPictureActions *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
has_wallpaper_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureActions) self = g_weak_ref_get (data);

  if (self != NULL)
    self->has_wallpaper = fr_portal_has_finish (result);
  g_weak_ref_clear (data);
  g_free (data);
}

static void
look_for_wallpaper (FrPictureActions *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  fr_portal_has_async (FR_OTHER_PROGRAMS_WALLPAPER, NULL, has_wallpaper_cb, weak);
}

static void
fr_picture_actions_init (FrPictureActions *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  enable (self, "set-wallpaper", FALSE);
  look_for_wallpaper (self);
}

/**
 * fr_picture_actions_new:
 * @widget: where the pictures are shown; it has to own this
 * @list: says which are meant
 *
 * Returns: (transfer full): the actions; they are in @widget as “picture.…”
 */
FrPictureActions *
fr_picture_actions_new (GtkWidget *widget, FrPictureActionsList list)
{
  FrPictureActions *self = g_object_new (FR_TYPE_PICTURE_ACTIONS, NULL);

  g_set_weak_pointer (&self->widget, widget);
  self->list = list;
  gtk_widget_insert_action_group (widget, "picture", G_ACTION_GROUP (self->group));
  return self;
}

GActionGroup *
fr_picture_actions_get_group (FrPictureActions *self)
{
  return G_ACTION_GROUP (self->group);
}

/**
 * fr_picture_actions_update:
 * @self: actions
 *
 * What cannot be done with the pictures that are meant now cannot be activated, and is hidden in menus.
 */
void
fr_picture_actions_update (FrPictureActions *self)
{
  FrNode *node = NULL;
  g_autoptr (GPtrArray) pictures = self->list (self->widget, &node);

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    enable (self, entries[i].name, can_do (self, entries[i].name, pictures->len));
}

/**
 * fr_picture_actions_free_keys:
 * @self: actions
 *
 * While no menu is shown nobody follows what is meant: a key looks at that when it is pressed.
 */
void
fr_picture_actions_free_keys (FrPictureActions *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    enable (self, entries[i].name, can_do (self, entries[i].name, 1));
}

/**
 * fr_picture_actions_class_add_keys:
 * @widget_class: of what has the actions, or is around it
 */
void
fr_picture_actions_class_add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "picture.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "picture.copy", NULL); /* as menus say */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "picture.save-as", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "picture.print", NULL);
}
