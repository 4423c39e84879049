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
  GtkWidget *answers;
  GtkWidget *accept_button;
  GtkWidget *looks;
  GtkWidget *show_button;

  /* owned */
  FrPeople *people;
  GtkFilter *request_filter;
  GtkFilter *wish_filter;
  GListModel *messages; /* FrPerson who ask, and then FrWish of which something is new */
  gpointer shown;       /* nullable: one of them */

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
  SHOW_WISH,
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

static gboolean
has_news (gpointer item, gpointer data)
{
  return fr_wish_get_n_new (item) > 0;
}

static char *
describe (gpointer message)
{
  FrPerson *introducer;

  if (FR_IS_WISH (message))
    return fr_new_text_wish (fr_wish_get_n_new (message), fr_wish_get_words (message));
  introducer = fr_person_get_introducer (message);
  return fr_new_text_request (fr_person_get_name (message),
                              introducer != NULL ? fr_person_get_name (introducer) : NULL);
}

/* %GTK_INVALID_LIST_POSITION: it is answered by now. */
static guint
find_shown (FrNewsCard *self)
{
  for (guint i = 0; i < fr_news_card_get_n (self); i++)
    {
      g_autoptr (GObject) message = g_list_model_get_item (self->messages, i);

      if ((gpointer) message == self->shown)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
show_message (FrNewsCard *self, guint position)
{
  g_autoptr (GObject) message = g_list_model_get_item (self->messages, position);
  gboolean is_wish = FR_IS_WISH (message);
  g_autofree char *text = describe (message);
  g_autofree char *place = fr_new_text_place (position, fr_news_card_get_n (self));

  g_set_object (&self->shown, message);
  gtk_label_set_label (self->label, text);
  gtk_label_set_label (self->place, place);
  gtk_widget_set_visible (self->place_box, fr_news_card_get_n (self) > 1);
  adw_avatar_set_text (self->avatar, is_wish ? NULL : fr_person_get_name (FR_PERSON (message)));
  gtk_widget_set_visible (self->answers, !is_wish);
  gtk_widget_set_visible (self->looks, is_wish);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.accept", !is_wish);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.decline", !is_wish);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.show", is_wish);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.close", is_wish);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
show_nothing (FrNewsCard *self)
{
  static const char *const actions[] = { "news.accept", "news.decline", "news.show", "news.close" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], FALSE);
  g_clear_object (&self->shown);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
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

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "news.next", n > 1);
  if (n > 0)
    {
      show_message (self, position < n ? position : 0);
      if (had_focus && !has_focus (self))
        fr_news_card_take_focus (self);
      return;
    }
  show_nothing (self);
  if (had_focus)
    g_signal_emit (self, signals[EMPTIED], 0);
}

/* Where the card is not seen, the window tells it. */
static void
messages_changed_cb (FrNewsCard *self, guint position, guint removed, guint added)
{
  update (self);
  for (guint i = 0; i < added && gtk_widget_get_mapped (GTK_WIDGET (self)); i++)
    {
      g_autoptr (GObject) message = g_list_model_get_item (self->messages, position + i);
      g_autofree char *text = describe (message);

      fr_announce (GTK_WIDGET (self), text);
    }
}

static void
asking_cb (FrNewsCard *self)
{
  gtk_filter_changed (self->request_filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* There may be more of it, or it has been looked at. */
static void
wish_changed_cb (FrNewsCard *self)
{
  gtk_filter_changed (self->wish_filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
wishes_changed_cb (FrNewsCard *self, guint position, guint removed, guint added, GListModel *wishes)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (FrWish) wish = g_list_model_get_item (wishes, position + i);

      g_signal_handlers_disconnect_by_func (wish, wish_changed_cb, self); /* one that was restored */
      g_signal_connect_object (wish, "notify::n-new", G_CALLBACK (wish_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
accept_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (FrPerson) person = g_object_ref (FR_NEWS_CARD (widget)->shown);

  fr_people_accept (FR_NEWS_CARD (widget)->people, person);
}

static void
decline_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (FrPerson) person = g_object_ref (FR_NEWS_CARD (widget)->shown);

  fr_people_turn_away (FR_NEWS_CARD (widget)->people, person);
}

static void
show_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (FrWish) wish = g_object_ref (FR_NEWS_CARD (widget)->shown);

  g_signal_emit (widget, signals[SHOW_WISH], 0, wish);
}

static void
close_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (FrWish) wish = g_object_ref (FR_NEWS_CARD (widget)->shown);

  fr_wish_mark_seen (wish);
}

/* After the last comes the first. */
static void
next_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrNewsCard *self = FR_NEWS_CARD (widget);

  show_message (self, (find_shown (self) + 1) % fr_news_card_get_n (self));
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
  g_clear_object (&self->messages);
  g_clear_object (&self->request_filter);
  g_clear_object (&self->wish_filter);
  g_clear_object (&self->shown);
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
  signals[SHOW_WISH] = g_signal_new ("show-wish", FR_TYPE_NEWS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     1, FR_TYPE_WISH);
  signals[EMPTIED]
      = g_signal_new ("emptied", FR_TYPE_NEWS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "news.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "news.decline", NULL, decline_action);
  gtk_widget_class_install_action (widget_class, "news.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "news.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "news.next", NULL, next_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-news-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, box);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, label);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, place_box);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, place);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, answers);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, accept_button);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, looks);
  gtk_widget_class_bind_template_child (widget_class, FrNewsCard, show_button);
}

static void
fr_news_card_init (FrNewsCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GListModel *
filter (gpointer list, GtkFilter *filter)
{
  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (list)), g_object_ref (filter)));
}

/**
 * fr_news_card_set_people:
 * @self: a card
 * @people: among whom are those that ask
 * @wishes: among which are those of which something has turned up
 */
void
fr_news_card_set_people (FrNewsCard *self, FrPeople *people, FrWishes *wishes)
{
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListModel) requests = NULL, found = NULL;

  self->people = g_object_ref (people);
  self->request_filter = GTK_FILTER (gtk_custom_filter_new (is_request, NULL, NULL));
  self->wish_filter = GTK_FILTER (gtk_custom_filter_new (has_news, NULL, NULL));
  requests = filter (people, self->request_filter);
  found = filter (wishes, self->wish_filter);
  g_list_store_append (lists, requests);
  g_list_store_append (lists, found);
  self->messages = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));
  g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (messages_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "notify::n-asking", G_CALLBACK (asking_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wishes, "items-changed", G_CALLBACK (wishes_changed_cb), self, G_CONNECT_SWAPPED);
  wishes_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (wishes)), G_LIST_MODEL (wishes));
  update (self);
}

guint
fr_news_card_get_n (FrNewsCard *self)
{
  return self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;
}

const char *
fr_news_card_get_text (FrNewsCard *self)
{
  return gtk_label_get_label (self->label);
}

void
fr_news_card_take_focus (FrNewsCard *self)
{
  gtk_widget_grab_focus (FR_IS_WISH (self->shown) ? self->show_button : self->accept_button);
}
