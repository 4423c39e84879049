/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-page.h"

#include <glib/gi18n.h>

#include "fr-import-bar.h"
#include "fr-person-actions.h"
#include "fr-person-details.h"
#include "fr-person-head.h"
#include "fr-person-page-text.h"
#include "fr-person-pictures.h"
#include "fr-person-sharing.h"

#define SILENT_MS 300 /* what takes less is not told */

struct _FrPersonPage
{
  AdwBin parent_instance;

  /* template widgets */
  AdwViewSwitcherTitle *switcher_title;
  GtkMenuButton *menu_button;
  FrPersonHead *head;
  AdwViewStack *stack;
  FrPersonPictures *theirs;
  FrPersonPictures *yours;
  FrPersonDetails *details;
  FrImportBar *import_bar;

  /* owned */
  FrNode *node;
  FrPerson *person; /* nullable: it is not open */
  FrPersonActions *actions;
  FrPersonSharing *sharing;
  GtkFilter *filter; /* nullable: which pictures are for them */
  GSignalGroup *person_signals;
  GSource *silence; /* while it is not said that they are asked */

  /* state */
  guint update_id;
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
  OPEN,
  CLOSED,
  MESSAGE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPersonPage, fr_person_page, ADW_TYPE_BIN)

static void queue_update (FrPersonPage *self);

static FrNewest *
get_newest (FrPersonPage *self)
{
  return fr_node_get_newest (self->node);
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  return fr_person_sharing_includes (fr_gallery_item_get_picture (item), data);
}

/* What is known */

/* Those that were shared while they were away. */
static guint
count_waiting (FrPersonPage *self, GListModel *yours)
{
  gint64 seen_us = fr_person_get_seen_us (self->person);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (yours); i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (yours, i);
      const FrPicture *picture = fr_gallery_item_get_picture (item);

      n += (picture->shared_us != 0 ? picture->shared_us : picture->added_us) > seen_us;
    }
  return n;
}

/* (element-type FrPerson): the person at all of their computers */
static GPtrArray *
list_computers (FrPersonPage *self)
{
  GPtrArray *computers = fr_person_list_computers (self->person);

  g_ptr_array_add (computers, g_object_ref (self->person));
  return computers;
}

static void
find_out (FrPersonPage *self, FrPersonPageFacts *facts)
{
  g_autoptr (GPtrArray) computers = list_computers (self);
  GListModel *yours = fr_person_pictures_get_model (self->yours);
  guint n_answered = 0;

  facts->name = fr_person_get_name (self->person);
  facts->is_contact = fr_person_is_contact (self->person);
  facts->is_blocked = fr_person_get_blocked (self->person);
  facts->n_theirs = g_list_model_get_n_items (fr_person_pictures_get_model (self->theirs));
  facts->n_yours = g_list_model_get_n_items (yours);
  for (guint i = 0; i < computers->len; i++)
    {
      FrNewestState state = fr_newest_get_state (get_newest (self), computers->pdata[i]);
      gboolean is_here = fr_person_get_state (computers->pdata[i]) == FR_PERSON_HERE;

      facts->is_here |= is_here;
      facts->is_asked |= is_here && (state == FR_NEWEST_ASKING || state == FR_NEWEST_NOT_ASKED);
      facts->is_silent |= is_here && state == FR_NEWEST_SILENT;
      n_answered += is_here && state == FR_NEWEST_ANSWERED;
    }
  facts->is_asked &= facts->is_contact;
  facts->is_silent &= n_answered == 0;
  if (!facts->is_here)
    facts->n_waiting = count_waiting (self, yours);
}

/* What is shown */

static void
show_theirs (FrPersonPage *self, const FrPersonPageFacts *facts)
{
  FrPersonPageState state = fr_person_page_text_choose (facts);
  g_autofree char *body = fr_person_page_text_body (state, facts->name);
  g_autofree char *line = fr_person_page_text_line (facts);

  if (self->silence != NULL && facts->is_asked)
    return; /* all stays as it is */
  if (state == FR_PERSON_PAGE_WALL)
    fr_person_pictures_show_wall (self->theirs);
  else
    fr_person_pictures_show_words (self->theirs, fr_person_page_text_get_icon (state), body,
                                   fr_person_page_text_button (state), fr_person_page_text_get_action (state));
  fr_person_pictures_set_line (self->theirs, line);
}

static void
show_yours (FrPersonPage *self, const FrPersonPageFacts *facts)
{
  FrPersonPageState state = fr_person_page_text_choose (facts);
  g_autofree char *line = fr_person_page_text_yours_line (facts);
  g_autofree char *body = NULL;

  fr_person_pictures_set_line (self->yours, line);
  if (facts->n_yours > 0)
    {
      fr_person_pictures_show_wall (self->yours);
      return;
    }
  if (facts->is_contact)
    state = FR_PERSON_PAGE_NOTHING; /* with what can be done about it */
  body = facts->is_contact ? fr_person_page_text_yours_body (facts->name) : fr_person_page_text_body (state, facts->name);
  fr_person_pictures_show_words (self->yours, fr_person_page_text_get_icon (state), body,
                                 fr_person_page_text_button (state), fr_person_page_text_get_action (state));
}

static void
update (FrPersonPage *self)
{
  FrPersonPageFacts facts = { 0 };
  g_autofree char *more = NULL;

  if (self->person == NULL)
    return;
  find_out (self, &facts);
  show_theirs (self, &facts);
  show_yours (self, &facts);
  fr_person_details_update (self->details);
  adw_view_switcher_title_set_title (self->switcher_title, facts.name);
  /* Translators: the name of a person */
  more = g_strdup_printf (_ ("More about %s"), facts.name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
}

static gboolean
update_cb (gpointer data)
{
  FrPersonPage *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Pictures come one by one, and people change a little many times. */
static void
queue_update (FrPersonPage *self)
{
  if (self->update_id == 0 && self->person != NULL)
    self->update_id = g_idle_add (update_cb, self);
}

static void
end_silence (FrPersonPage *self)
{
  if (self->silence != NULL)
    g_source_destroy (self->silence);
  g_clear_pointer (&self->silence, g_source_unref);
}

static gboolean
silence_cb (gpointer data)
{
  FrPersonPage *self = data;

  end_silence (self);
  queue_update (self);
  return G_SOURCE_REMOVE;
}

static void
begin_silence (FrPersonPage *self)
{
  end_silence (self);
  self->silence = g_timeout_source_new (SILENT_MS);
  g_source_set_callback (self->silence, silence_cb, self, NULL);
  g_source_attach (self->silence, NULL);
}

/* Whoever may see what is for all of one's people may be one of them now, or not any more. */
static void
refilter (FrPersonPage *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  queue_update (self);
}

/* Whoever is removed or turned away has no page. */
static void
people_changed_cb (FrPersonPage *self)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (self->node));

  queue_update (self);
  for (guint i = 0; self->person != NULL && i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      if (person == self->person)
        return;
    }
  if (self->person != NULL)
    g_signal_emit (self, signals[CLOSED], 0);
}

/* What can be done */

static void
open_cb (FrPersonPage *self, FrWallItem *item, FrPersonPictures *pictures)
{
  if (fr_wall_item_get_hit (item) != NULL)
    fr_newest_mark_seen (get_newest (self), fr_wall_item_get_id (item));
  g_signal_emit (self, signals[OPEN], 0, fr_person_pictures_get_wall (pictures), item);
}

static void
message_cb (FrPersonPage *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
share_cb (FrPersonPage *self)
{
  fr_person_sharing_choose (self->sharing, self->person);
}

static void
ask_again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonPage *self = FR_PERSON_PAGE (widget);

  fr_newest_ask (get_newest (self), self->person);
}

static void
fr_person_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, FR_PERSON_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_person_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrPersonPage *self = FR_PERSON_PAGE (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (g_value_get_boolean (value) == self->narrow)
    return;
  self->narrow = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
fr_person_page_dispose (GObject *object)
{
  FrPersonPage *self = FR_PERSON_PAGE (object);

  end_silence (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->person_signals);
  g_clear_object (&self->sharing);
  if (self->actions != NULL)
    gtk_widget_insert_action_group (GTK_WIDGET (self), "person", NULL);
  g_clear_object (&self->actions);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PERSON_PAGE);
  g_clear_object (&self->filter);
  g_clear_object (&self->person);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_person_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, head);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, theirs);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, yours);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, details);
  gtk_widget_class_bind_template_child (widget_class, FrPersonPage, import_bar);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
fr_person_page_class_init (FrPersonPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_person_page_get_property;
  object_class->set_property = fr_person_page_set_property;
  object_class->dispose = fr_person_page_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_PERSON_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                FR_TYPE_WALL, FR_TYPE_WALL_ITEM);
  signals[CLOSED]
      = g_signal_new ("closed", FR_TYPE_PERSON_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_PERSON_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_IMPORT_BAR);
  g_type_ensure (FR_TYPE_PERSON_DETAILS);
  g_type_ensure (FR_TYPE_PERSON_HEAD);
  g_type_ensure (FR_TYPE_PERSON_PICTURES);
  gtk_widget_class_install_action (widget_class, "page.ask-again", NULL, ask_again_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "person.rename", NULL);
  bind_template (widget_class);
}

static void
fr_person_page_init (FrPersonPage *self)
{
  g_autoptr (GMenuModel) menu = fr_person_actions_make_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  self->person_signals = g_signal_group_new (FR_TYPE_PERSON);
  g_signal_group_connect_swapped (self->person_signals, "notify", G_CALLBACK (queue_update), self);
  g_signal_group_connect_swapped (self->person_signals, "notify::added", G_CALLBACK (refilter), self);
  g_signal_group_connect_swapped (self->person_signals, "notify::blocked", G_CALLBACK (refilter), self);
}

/**
 * fr_person_page_set_node:
 * @self: a page
 * @node: whose people; once
 * @loader: who loads what the tiles show
 */
void
fr_person_page_set_node (FrPersonPage *self, FrNode *node, FrTextureLoader *loader)
{
  FrPeople *people = fr_node_get_people (node);
  FrGallery *gallery = fr_node_get_gallery (node);

  g_set_object (&self->node, node);
  fr_person_pictures_set_node (self->theirs, node, loader);
  fr_person_pictures_set_node (self->yours, node, loader);
  self->actions = fr_person_actions_new (GTK_WIDGET (self), people, FALSE);
  self->sharing = fr_person_sharing_new (node, self->import_bar);
  g_signal_connect_object (self->actions, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "share", G_CALLBACK (share_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sharing, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (people_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "notify::n-here", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_newest (self), "state-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gallery, "shared", G_CALLBACK (refilter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fr_person_pictures_get_model (self->theirs), "items-changed", G_CALLBACK (queue_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fr_person_pictures_get_model (self->yours), "items-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
}

/**
 * fr_person_page_open:
 * @self: a page
 * @person: whom it is about from now on; another computer of somebody stands for them
 *
 * Shows them; whoever is here is asked for their pictures.
 */
void
fr_person_page_open (FrPersonPage *self, FrPerson *person)
{
  FrPerson *owner = fr_person_get_owner (person);
  FrGallery *gallery = fr_node_get_gallery (self->node);
  g_autoptr (GtkFilterListModel) yours = NULL;
  g_autoptr (GListModel) theirs = NULL;

  fr_person_page_close (self);
  self->person = g_object_ref (owner != NULL ? owner : person);
  g_signal_group_set_target (self->person_signals, self->person);
  fr_person_actions_set_person (self->actions, self->person);
  fr_person_head_set_person (self->head, self->person);
  fr_person_details_set_person (self->details, self->person);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, g_object_ref (self->person), g_object_unref));
  yours = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (gallery)), g_object_ref (self->filter));
  theirs = fr_newest_of (get_newest (self), self->person);
  fr_person_pictures_set_model (self->theirs, theirs);
  fr_person_pictures_set_model (self->yours, G_LIST_MODEL (yours));
  fr_person_pictures_show_wall (self->theirs);
  fr_person_pictures_set_line (self->theirs, NULL);
  begin_silence (self);
  fr_newest_ask (get_newest (self), self->person);
  fr_person_page_show (self, "theirs");
  update (self);
}

/**
 * fr_person_page_close:
 * @self: a page
 *
 * Lets go of the person.
 */
void
fr_person_page_close (FrPersonPage *self)
{
  if (self->person == NULL)
    return;
  end_silence (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_signal_group_set_target (self->person_signals, NULL);
  fr_person_actions_set_person (self->actions, NULL);
  fr_person_head_set_person (self->head, NULL);
  fr_person_details_set_person (self->details, NULL);
  g_clear_object (&self->person);
  fr_person_pictures_set_model (self->theirs, NULL);
  fr_person_pictures_set_model (self->yours, NULL);
  g_clear_object (&self->filter);
}

/**
 * fr_person_page_take_offer:
 * @self: a page that is open
 * @offer: what was dropped on it
 *
 * Shares it with the person alone.
 */
void
fr_person_page_take_offer (FrPersonPage *self, FrOffer *offer)
{
  if (self->person == NULL)
    return;
  fr_person_sharing_take_offer (self->sharing, self->person, offer);
  fr_person_page_show (self, "yours");
}

/**
 * fr_person_page_take_focus:
 * @self: a page that is open
 *
 * Gives the focus to what is done most likely, or else to the pictures.
 */
void
fr_person_page_take_focus (FrPersonPage *self)
{
  if (!fr_person_head_take_focus (self->head))
    fr_person_pictures_take_focus (self->theirs);
}

FrPerson *
fr_person_page_get_person (FrPersonPage *self)
{
  return self->person;
}

const char *
fr_person_page_get_visible_name (FrPersonPage *self)
{
  return adw_view_stack_get_visible_child_name (self->stack);
}

void
fr_person_page_show (FrPersonPage *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->stack, name);
}

static FrPersonPictures *
get_pictures (FrPersonPage *self, gboolean theirs)
{
  return theirs ? self->theirs : self->yours;
}

FrWall *
fr_person_page_get_wall (FrPersonPage *self, gboolean theirs)
{
  return fr_person_pictures_get_wall (get_pictures (self, theirs));
}

GListModel *
fr_person_page_get_pictures (FrPersonPage *self, gboolean theirs)
{
  return fr_person_pictures_get_model (get_pictures (self, theirs));
}

const char *
fr_person_page_get_body (FrPersonPage *self, gboolean theirs)
{
  return fr_person_pictures_get_body (get_pictures (self, theirs));
}

const char *
fr_person_page_get_line (FrPersonPage *self, gboolean theirs)
{
  return fr_person_pictures_get_line (get_pictures (self, theirs));
}
