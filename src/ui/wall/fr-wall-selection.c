/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-selection.h"

#include "fr-wall-text.h"

struct _FrWallSelection
{
  AdwBin parent_instance;

  /* template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkLabel *error;
  AdwBin *buttons_bin;

  /* owned */
  FrWall *wall;
};

enum
{
  PROP_0,
  PROP_WALL,
  PROP_BUTTONS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrWallSelection, fr_wall_selection, ADW_TYPE_BIN)

static void
update (FrWallSelection *self)
{
  guint n = fr_wall_count_selected (self->wall);
  gboolean is_selecting = fr_wall_get_selecting (self->wall);
  g_autofree char *text = fr_wall_text_count_selected (n);

  gtk_revealer_set_reveal_child (self->revealer, is_selecting);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons_bin), n > 0);
  fr_wall_selection_show_error (self, NULL);
}

static void
cancel_clicked_cb (FrWallSelection *self)
{
  fr_wall_set_selecting (self->wall, FALSE);
}

static void
set_wall (FrWallSelection *self, FrWall *wall)
{
  if (wall == NULL || self->wall != NULL)
    return;
  self->wall = g_object_ref (wall);
  g_signal_connect_object (wall, "notify::n-selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wall, "notify::selecting", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
fr_wall_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrWallSelection *self = FR_WALL_SELECTION (object);

  switch (id)
    {
    case PROP_WALL:
      g_value_set_object (value, self->wall);
      break;
    case PROP_BUTTONS:
      g_value_set_object (value, adw_bin_get_child (self->buttons_bin));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_wall_selection_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrWallSelection *self = FR_WALL_SELECTION (object);

  switch (id)
    {
    case PROP_WALL:
      set_wall (self, g_value_get_object (value));
      break;
    case PROP_BUTTONS:
      adw_bin_set_child (self->buttons_bin, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_wall_selection_dispose (GObject *object)
{
  FrWallSelection *self = FR_WALL_SELECTION (object);

  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_WALL_SELECTION);
  g_clear_object (&self->wall);
  G_OBJECT_CLASS (fr_wall_selection_parent_class)->dispose (object);
}

static void
fr_wall_selection_class_init (FrWallSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_wall_selection_get_property;
  object_class->set_property = fr_wall_selection_set_property;
  object_class->dispose = fr_wall_selection_dispose;
  properties[PROP_WALL]
      = g_param_spec_object ("wall", NULL, NULL, FR_TYPE_WALL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUTTONS]
      = g_param_spec_object ("buttons", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-wall-selection.ui");
  gtk_widget_class_bind_template_child (widget_class, FrWallSelection, revealer);
  gtk_widget_class_bind_template_child (widget_class, FrWallSelection, label);
  gtk_widget_class_bind_template_child (widget_class, FrWallSelection, error);
  gtk_widget_class_bind_template_child (widget_class, FrWallSelection, buttons_bin);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
fr_wall_selection_init (FrWallSelection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_wall_selection_show_error:
 * @self: a bar
 * @text: (nullable): why something could not be done with what is selected; %NULL: that is past
 *
 * It stays until something else is selected.
 */
void
fr_wall_selection_show_error (FrWallSelection *self, const char *text)
{
  gtk_label_set_label (self->error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), text != NULL);
}

const char *
fr_wall_selection_get_text (FrWallSelection *self)
{
  return gtk_label_get_label (self->label);
}
