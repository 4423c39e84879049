/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include "fr-removal-toast.h"

/* Next is in the direction of reading, as on a wall. At the ends nothing happens. */
static gboolean
walk_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gboolean is_right, is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  g_variant_get (args, "(b)", &is_right);
  gtk_widget_activate_action (widget, is_right != is_rtl ? "viewer.next" : "viewer.previous", NULL);
  return GDK_EVENT_STOP;
}

/* Escape, which else leads back as everywhere: one step. */
static gboolean
stop_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  return fr_viewer_step_back (FR_VIEWER (widget)) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
add_zooms (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *zoom;
  } zooms[] = {
    { GDK_KEY_plus, 0, "in" },
    { GDK_KEY_KP_Add, 0, "in" },
    { GDK_KEY_equal, 0, "in" },
    { GDK_KEY_minus, 0, "out" },
    { GDK_KEY_KP_Subtract, 0, "out" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "out" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "fit" },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, "fit" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "actual" },
    { GDK_KEY_KP_1, GDK_CONTROL_MASK, "actual" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding_action (widget_class, zooms[i].key, zooms[i].modifiers, "viewer.zoom", "s",
                                         zooms[i].zoom);
}

static void
add_arrows (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key, keypad_key;
    const char *name;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, "left" },
    { GDK_KEY_Right, GDK_KEY_KP_Right, "right" },
    { GDK_KEY_Up, GDK_KEY_KP_Up, "up" },
    { GDK_KEY_Down, GDK_KEY_KP_Down, "down" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, arrows[i].key, GDK_SHIFT_MASK, "viewer.pan", "s",
                                           arrows[i].name);
      gtk_widget_class_add_binding_action (widget_class, arrows[i].keypad_key, GDK_SHIFT_MASK, "viewer.pan", "s",
                                           arrows[i].name);
    }
  for (gsize i = 0; i < 2; i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, walk_cb, "(b)", i == 1);
      gtk_widget_class_add_binding (widget_class, arrows[i].keypad_key, 0, walk_cb, "(b)", i == 1);
    }
}

static gboolean
undo_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return fr_removal_toast_undo (widget);
}

/**
 * fr_viewer_class_add_keys:
 * @widget_class: of the viewer
 *
 * What an entry in the details uses comes to that first.
 */
void
fr_viewer_class_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, 0, "viewer.play" },
    { GDK_KEY_KP_Space, 0, "viewer.play" },
    { GDK_KEY_F11, 0, "viewer.fullscreen" },
    { GDK_KEY_F9, 0, "viewer.details" },
    { GDK_KEY_Return, GDK_ALT_MASK, "viewer.details" },
    { GDK_KEY_KP_Enter, GDK_ALT_MASK, "viewer.details" },
    { GDK_KEY_F2, 0, "viewer.edit-title" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "viewer.menu" },
    { GDK_KEY_Menu, 0, "viewer.menu" },
    { GDK_KEY_k, GDK_CONTROL_MASK, "picture.keep" },
    { GDK_KEY_e, GDK_CONTROL_MASK, "picture.share" },
    { GDK_KEY_Delete, 0, "picture.remove" },
    { GDK_KEY_KP_Delete, 0, "picture.remove" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_cb, NULL);
  fr_picture_actions_class_add_keys (widget_class);
  add_zooms (widget_class);
  add_arrows (widget_class);
}
