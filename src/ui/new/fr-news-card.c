/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-news-card.h"

#include "fr-announce.h"
#include "fr-new-text.h"

struct _FrNewsCard
{
  AdwBin parent_instance;

  /* template widgets */
  GtkRevealer *revealer;
  GtkOrientable *box;
  AdwAvatar *avatar;
  GtkLabel *label;
  GtkWidget *place_box;
  GtkLabel *place;
  GtkWidget *buttons;
  GtkWidget *accept_button;

  /* owned */
  FrPeople *people;
  GtkFilter *filter;
  GtkFilterListModel *requests; /* of FrPerson */
  FrPerson *person;             /* nullable: whose request is shown */

  /* state */
  gboolean narrow;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

enum
{
  EMPTIED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrNewsCard, fr_news_card, ADW_TYPE_BIN)

static gboolean
is_request (gpointer item, gpointer data)
{
  return fr_person_get_state (item) == FR_PERSON_ASKS;
}

static char *
describe (FrPerson *person)
{
  FrPerson *introducer = fr_person_get_introducer (person);

  return fr_new_text_request (fr_person_get_name (person),
                              introducer != NULL ? fr_person_get_name (introducer) : NULL);
}

/* %GTK_INVALID_LIST_POSITION: it is answered by now. */
static guint
find_shown (FrNewsCard *self)
{
  for (guint i = 0; i < fr_news_card_get_n (self); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (self->requests), i);

      if (person == self->person)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
show_request (FrNewsCard *self, guint position)
{
  g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (self->requests), position);
  g_autofree char *text = describe (person);
  g_autofree char *place = fr_new_text_place (position, fr_news_card_get_n (self));

  g_set_object (&self->person, person);
  gtk_label_set_label (self->label, text);
  gtk_label_set_label (self->place, place);
  gtk_widget_set_visible (self->place_box, fr_news_card_get_n (self) > 1);
  adw_avatar_set_text (self->avatar, fr_person_get_name (person));
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static gboolean
has_focus (FrNewsCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* What is read stays where it is while others come and go; what has been answered gives way to the next. */
static void
update (FrNewsCard *self)
{
  guint n = fr_news_card_get_n (self), position = find_shown (self);
  gboolean had_focus = has_focus (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.accept", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.decline", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.next", n > 1);
  if (n > 0)
    {
      show_request (self, position < n ? position : 0);
      if (had_focus && !has_focus (self))
        fr_news_card_take_focus (self);
      return;
    }
  g_clear_object (&self->person);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (had_focus)
    g_signal_emit (self, signals[EMPTIED], 0);
}

/* Where the card is not seen, the window tells it. */
static void
requests_changed_cb (FrNewsCard *self, guint position, guint removed, guint added)
{
  update (self);
  for (guint i = 0; i < added && gtk_widget_get_mapped (GTK_WIDGET (self)); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (self->requests), position + i);
      g_autofree char *text = describe (person);

      fr_announce (GTK_WIDGET (self), text);
    }
}

static void
asking_cb (FrNewsCard *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
accept_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (FrPerson) person = g_object_ref (FR_NEWS_CARD (widget)->person);

  fr_people_accept (FR_NEWS_CARD (widget)->people, person);
}

static void
decline_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (FrPerson) person = g_object_ref (FR_NEWS_CARD (widget)->person);

  fr_people_turn_away (FR_NEWS_CARD (widget)->people, person);
}

/* After the last comes the first. */
static void
next_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrNewsCard *self = FR_NEWS_CARD (widget);

  show_request (self, (find_shown (self) + 1) % fr_news_card_get_n (self));
  fr_announce (widget, fr_news_card_get_text (self));
}

static void
set_narrow (FrNewsCard *self, gboolean narrow)
{
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  gtk_orientable_set_orientation (self->box, narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (self->buttons, narrow ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/* The window says whether it is narrow, where it knows. */
static void
fr_news_card_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (fr_news_card_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (root), "narrow") != NULL)
    g_object_bind_property (root, "narrow", widget, "narrow", G_BINDING_SYNC_CREATE);
}

static void
fr_news_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, FR_NEWS_CARD (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_news_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (FR_NEWS_CARD (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_news_card_dispose (GObject *object)
{
  FrNewsCard *self = FR_NEWS_CARD (object);

  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_NEWS_CARD);
  g_clear_object (&self->requests);
  g_clear_object (&self->filter);
  g_clear_object (&self->person);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (fr_news_card_parent_class)->dispose (object);
}

static void
fr_news_card_class_init (FrNewsCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_news_card_get_property;
  object_class->set_property = fr_news_card_set_property;
  object_class->dispose = fr_news_card_dispose;
  widget_class->root = fr_news_card_root;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[EMPTIED]
      = g_signal_new ("emptied", FR_TYPE_NEWS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "news.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "news.decline", NULL, decline_action);
  gtk_widget_class_install_action (widget_class, "news.next", NULL, next_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-news-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, box);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, label);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, place_box);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, place);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, accept_button);
}

static void
fr_news_card_init (FrNewsCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_news_card_set_people:
 * @self: a card
 * @people: among whom are those that ask
 */
void
fr_news_card_set_people (FrNewsCard *self, FrPeople *people)
{
  self->people = g_object_ref (people);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_request, NULL, NULL));
  self->requests
      = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (people)), g_object_ref (self->filter));
  g_signal_connect_object (self->requests, "items-changed", G_CALLBACK (requests_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "notify::n-asking", G_CALLBACK (asking_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

guint
fr_news_card_get_n (FrNewsCard *self)
{
  return self->requests != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->requests)) : 0;
}

const char *
fr_news_card_get_text (FrNewsCard *self)
{
  return gtk_label_get_label (self->label);
}

void
fr_news_card_take_focus (FrNewsCard *self)
{
  gtk_widget_grab_focus (self->accept_button);
}
