/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-name-entry.h"

#include "fr-name-text.h"

struct _FrNameEntry
{
  AdwBin parent_instance;

  /* template widgets */
  GtkEditable *row;
  GtkLabel *problem;

  /* state */
  guint is_valid : 1;
};

enum
{
  PROP_0,
  PROP_VALID,
  N_PROPS
};

enum
{
  ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrNameEntry, fr_name_entry, ADW_TYPE_BIN)

static void
changed_cb (FrNameEntry *self)
{
  FrPeerNameFault fault = fr_peer_name_normalise (gtk_editable_get_text (self->row), NULL);
  g_autofree char *problem = fr_name_text_describe (fault);
  gboolean is_valid = fault == FR_PEER_NAME_OK;

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->row), "error");
  if (self->is_valid == is_valid)
    return;
  self->is_valid = is_valid;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

static void
activated_cb (FrNameEntry *self)
{
  if (self->is_valid)
    g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
fr_name_entry_grab_focus (GtkWidget *widget)
{
  FrNameEntry *self = FR_NAME_ENTRY (widget);

  if (!gtk_widget_grab_focus (GTK_WIDGET (self->row)))
    return FALSE;
  gtk_editable_select_region (self->row, 0, -1);
  return TRUE;
}

static void
fr_name_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_VALID)
    g_value_set_boolean (value, FR_NAME_ENTRY (object)->is_valid);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_name_entry_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_NAME_ENTRY);
  G_OBJECT_CLASS (fr_name_entry_parent_class)->dispose (object);
}

static void
fr_name_entry_class_init (FrNameEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_name_entry_get_property;
  object_class->dispose = fr_name_entry_dispose;
  widget_class->grab_focus = fr_name_entry_grab_focus;
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACTIVATE]
      = g_signal_new ("activate", FR_TYPE_NAME_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-name-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, FrNameEntry, row);
  gtk_widget_class_bind_template_child (widget_class, FrNameEntry, problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
fr_name_entry_init (FrNameEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fr_name_entry_set_name (FrNameEntry *self, const char *name)
{
  gtk_editable_set_text (self->row, name);
}

const char *
fr_name_entry_get_name (FrNameEntry *self)
{
  return gtk_editable_get_text (self->row);
}

gboolean
fr_name_entry_get_valid (FrNameEntry *self)
{
  return self->is_valid;
}

/**
 * fr_name_entry_get_problem:
 * @self: an entry
 *
 * Returns: (nullable): the sentence that is shown
 */
const char *
fr_name_entry_get_problem (FrNameEntry *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->problem)) ? gtk_label_get_label (self->problem) : NULL;
}
