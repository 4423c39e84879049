/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture-actions.h"

#include <glib/gi18n.h>

#include "fr-hand-out-content.h"
#include "fr-toast.h"

struct _FrPictureActions
{
  GObject parent_instance;

  /* owned */
  GSimpleActionGroup *group;

  /* borrowed */
  GtkWidget *widget; /* it owns this */
  FrPictureActionsList list;
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

static const GActionEntry entries[] = {
  { "copy", copy_action },
};

/* How many pictures each can be done with: one alone, or more. */
static gboolean
can_do (const char *name, guint n)
{
  return g_str_equal (name, "copy") ? n > 0 : n == 1;
}

static void
fr_picture_actions_dispose (GObject *object)
{
  FrPictureActions *self = FR_PICTURE_ACTIONS (object);

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
fr_picture_actions_init (FrPictureActions *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
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

  self->widget = widget;
  self->list = list;
  gtk_widget_insert_action_group (widget, "picture", G_ACTION_GROUP (self->group));
  return self;
}

GActionGroup *
fr_picture_actions_get_group (FrPictureActions *self)
{
  return G_ACTION_GROUP (self->group);
}

static void
enable (FrPictureActions *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
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
    enable (self, entries[i].name, can_do (entries[i].name, pictures->len));
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
    enable (self, entries[i].name, TRUE);
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
}
