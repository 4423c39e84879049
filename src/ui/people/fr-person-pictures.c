/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-pictures.h"

#include "fr-announce.h"
#include "fr-wall-look.h"
#include "fr-wall-items.h"
#include "fr-wall-selection.h"


struct _FrPersonPictures
{
  AdwBin parent_instance;

  /* template widgets */
  GtkRevealer *line_revealer;
  GtkLabel *line;
  GtkStack *stack;
  FrWall *wall;
  AdwStatusPage *status;
  GtkButton *button;

  /* owned */
  GtkFilterListModel *model; /* whatever is shown now: the wall has one for good */
  char *label;
  GMenuModel *menu_model;
  FrNewest *newest; /* nullable */
  FrWallLook *look;

  /* state */
};

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_MENU_MODEL,
  N_PROPS
};

enum
{
  OPEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPersonPictures, fr_person_pictures, ADW_TYPE_BIN)

static void
open_cb (FrPersonPictures *self, FrWallItem *item)
{
  g_signal_emit (self, signals[OPEN], 0, item);
}

/* Escape, which else leads back as everywhere. */
static gboolean
stop_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrPersonPictures *self = FR_PERSON_PICTURES (widget);
  gboolean was_selecting = fr_wall_get_selecting (self->wall);

  fr_wall_set_selecting (self->wall, FALSE);
  return was_selecting ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
has_focus (FrPersonPictures *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));
}

/* The focus goes with what is shown. */
static void
show (FrPersonPictures *self, const char *name)
{
  gboolean had_focus = has_focus (self);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, name);
  if (had_focus)
    fr_person_pictures_take_focus (self);
}

static void
fr_person_pictures_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrPersonPictures *self = FR_PERSON_PICTURES (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu_model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_person_pictures_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrPersonPictures *self = FR_PERSON_PICTURES (object);

  switch (id)
    {
    case PROP_LABEL:
      g_free (self->label);
      self->label = g_value_dup_string (value);
      break;
    case PROP_MENU_MODEL:
      g_set_object (&self->menu_model, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
fr_person_pictures_dispose (GObject *object)
{
  FrPersonPictures *self = FR_PERSON_PICTURES (object);

  g_clear_pointer (&self->look, fr_wall_look_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PERSON_PICTURES);
  g_clear_object (&self->newest);
  g_clear_object (&self->model);
  g_clear_object (&self->menu_model);
  G_OBJECT_CLASS (fr_person_pictures_parent_class)->dispose (object);
}

static void
fr_person_pictures_finalize (GObject *object)
{
  g_free (FR_PERSON_PICTURES (object)->label);
  G_OBJECT_CLASS (fr_person_pictures_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-person-pictures.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPersonPictures, line_revealer);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPictures, line);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPictures, stack);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPictures, wall);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPictures, status);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPictures, button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
fr_person_pictures_class_init (FrPersonPicturesClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_person_pictures_get_property;
  object_class->set_property = fr_person_pictures_set_property;
  object_class->dispose = fr_person_pictures_dispose;
  object_class->finalize = fr_person_pictures_finalize;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_PERSON_PICTURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, FR_TYPE_WALL_ITEM);
  g_type_ensure (FR_TYPE_WALL);
  g_type_ensure (FR_TYPE_WALL_SELECTION);
  bind_template (GTK_WIDGET_CLASS (klass));
  fr_wall_class_add_keys (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, stop_cb, NULL);
}

static void
fr_person_pictures_init (FrPersonPictures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fr_wall_share_actions (self->wall, GTK_WIDGET (self));
}

/**
 * fr_person_pictures_set_node:
 * @self: pictures
 * @node: whose people
 * @loader: who loads what the tiles show
 */
void
fr_person_pictures_set_node (FrPersonPictures *self, FrNode *node, FrTextureLoader *loader)
{
  g_autoptr (FrWallItems) items = NULL;

  self->newest = g_object_ref (fr_node_get_newest (node));
  self->model = gtk_filter_list_model_new (NULL, NULL);
  items = fr_wall_items_new (node, G_LIST_MODEL (self->model));
  fr_wall_set_model (self->wall, G_LIST_MODEL (items), loader);
  self->look = fr_wall_look_new (self->wall, self->newest);
}

/**
 * fr_person_pictures_set_model:
 * @self: pictures
 * @model: (nullable) (element-type GObject): what is shown: #FrHit or #FrGalleryItem
 */
void
fr_person_pictures_set_model (FrPersonPictures *self, GListModel *model)
{
  fr_wall_set_selecting (self->wall, FALSE);
  gtk_filter_list_model_set_model (self->model, model);
}

GListModel *
fr_person_pictures_get_model (FrPersonPictures *self)
{
  return G_LIST_MODEL (self->model);
}

void
fr_person_pictures_show_wall (FrPersonPictures *self)
{
  show (self, "wall");
}

/**
 * fr_person_pictures_show_words:
 * @self: pictures
 * @icon: the name of an icon
 * @body: why there are none
 * @button: (nullable): what can be done, with a mnemonic
 * @action: (nullable): the action for that
 */
void
fr_person_pictures_show_words (FrPersonPictures *self, const char *icon, const char *body, const char *button,
                               const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (body, -1);

  adw_status_page_set_icon_name (self->status, icon);
  adw_status_page_set_description (self->status, escaped);
  if (button != NULL)
    gtk_button_set_label (self->button, button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  /* a button that was only hidden keeps the width of what it said before */
  adw_status_page_set_child (self->status, button != NULL ? GTK_WIDGET (self->button) : NULL);
  show (self, "words");
}

/**
 * fr_person_pictures_set_line:
 * @self: pictures
 * @line: (nullable): what is said above them
 */
void
fr_person_pictures_set_line (FrPersonPictures *self, const char *line)
{
  if (g_strcmp0 (line, fr_person_pictures_get_line (self)) == 0)
    return;
  if (line != NULL) /* while it goes away it still says what it said */
    gtk_label_set_label (self->line, line);
  gtk_revealer_set_reveal_child (self->line_revealer, line != NULL);
  if (line != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fr_announce_progress (GTK_WIDGET (self), line);
}

/**
 * fr_person_pictures_take_focus:
 * @self: pictures
 *
 * Gives the focus to the pictures, or to the one thing that can be done.
 */
void
fr_person_pictures_take_focus (FrPersonPictures *self)
{
  if (fr_person_pictures_get_body (self) == NULL)
    fr_wall_take_focus (self->wall);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

FrWall *
fr_person_pictures_get_wall (FrPersonPictures *self)
{
  return self->wall;
}

const char *
fr_person_pictures_get_body (FrPersonPictures *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "words") != 0)
    return NULL;
  return adw_status_page_get_description (self->status);
}

const char *
fr_person_pictures_get_line (FrPersonPictures *self)
{
  return gtk_revealer_get_reveal_child (self->line_revealer) ? gtk_label_get_label (self->line) : NULL;
}
