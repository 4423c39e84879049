/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-new-page.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-new-text.h"
#include "fr-wall-look.h"
#include "fr-wall-items.h"
#include "fr-wall-selection.h"

#define SILENT_MS 300 /* what takes less is not told */

struct _FrNewPage
{
  AdwBin parent_instance;

  /* template widgets */
  FrNewsCard *card;
  GtkRevealer *line_revealer;
  GtkLabel *line;
  GtkStack *stack;
  FrWall *wall;
  AdwStatusPage *status;
  GtkButton *button;

  /* owned */
  FrNode *node;
  FrWallLook *look;
  GSource *silence; /* while it is not said what there is not, nor who is asked */

  /* state */
  guint update_id;
  guint n_asking;
  guint n_told; /* of what is new */
  gboolean could_stay;
};

enum
{
  OPEN,
  SHOW_WISH,
  SHARE,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrNewPage, fr_new_page, ADW_TYPE_BIN)

static void queue_update (FrNewPage *self);

static FrNewest *
get_newest (FrNewPage *self)
{
  return fr_node_get_newest (self->node);
}

/* People */

/* Somebody is one person at however many computers. */
static FrPerson *
find_root (FrPerson *person)
{
  FrPerson *owner = fr_person_get_owner (person);

  return owner != NULL ? owner : person;
}

static guint
count_people (GPtrArray *persons, const char **out_name)
{
  g_autoptr (GHashTable) roots = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < persons->len; i++)
    {
      FrPerson *root = find_root (persons->pdata[i]);

      if (g_hash_table_add (roots, root) && g_hash_table_size (roots) == 1)
        *out_name = fr_person_get_name (root);
    }
  return g_hash_table_size (roots);
}

static gboolean
is_here (FrPerson *person)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (person);

  if (fr_person_get_state (person) == FR_PERSON_HERE)
    return TRUE;
  for (guint i = 0; i < computers->len; i++)
    if (fr_person_get_state (computers->pdata[i]) == FR_PERSON_HERE)
      return TRUE;
  return FALSE;
}

/* (element-type FrPerson): those who were added */
static GPtrArray *
list_people (FrNewPage *self)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (fr_node_get_people (self->node));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (model, i);

      if (fr_person_get_added (person) && !fr_person_get_blocked (person) && fr_person_get_owner (person) == NULL)
        g_ptr_array_add (people, g_steal_pointer (&person));
    }
  return people;
}

/* What is shown */

static gboolean
has_focus (FrNewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));
}

static void
show_state (FrNewPage *self, FrNewState state, const FrNewFacts *facts)
{
  g_autofree char *title = fr_new_text_title (state, facts);
  g_autofree char *label = fr_new_text_button (state, facts);
  gboolean is_wall = state == FR_NEW_STATE_WALL, had_focus = has_focus (self);

  if (!is_wall)
    {
      adw_status_page_set_icon_name (self->status, fr_new_text_get_icon (state));
      adw_status_page_set_title (self->status, title);
      adw_status_page_set_description (self->status, fr_new_text_body (state));
      gtk_button_set_label (self->button, label);
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->button)), PANGO_ELLIPSIZE_MIDDLE); /* of a name */
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), fr_new_text_get_action (state));
    }
  if (is_wall == fr_new_page_shows_wall (self))
    return;
  gtk_stack_set_visible_child_name (self->stack, is_wall ? "wall" : "empty");
  if (had_focus)
    fr_new_page_take_focus (self);
}

static void
show_line (FrNewPage *self, const char *line)
{
  if (g_strcmp0 (line, fr_new_page_get_line (self)) == 0)
    return;
  if (line != NULL) /* while it goes away it still says what it said */
    gtk_label_set_label (self->line, line);
  gtk_revealer_set_reveal_child (self->line_revealer, line != NULL);
  if (line != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fr_announce_progress (GTK_WIDGET (self), line);
}

static void
end_silence (FrNewPage *self)
{
  if (self->silence != NULL)
    g_source_destroy (self->silence);
  g_clear_pointer (&self->silence, g_source_unref);
}

static gboolean
silence_cb (gpointer data)
{
  FrNewPage *self = data;

  end_silence (self);
  queue_update (self);
  return G_SOURCE_REMOVE;
}

static void
begin_silence (FrNewPage *self)
{
  end_silence (self);
  self->silence = g_timeout_source_new (SILENT_MS);
  g_source_set_callback (self->silence, silence_cb, self, NULL);
  g_source_attach (self->silence, NULL);
}

/* Whoever has all that is new; %NULL: they are several. */
static const char *
find_only_sharer (FrNewPage *self)
{
  GListModel *model = G_LIST_MODEL (get_newest (self));
  FrPeople *people = fr_node_get_people (self->node);
  FrPerson *only = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (model, i);

      for (guint k = 0; fr_hit_get_fresh (hit) && k < fr_hit_get_n_holders (hit); k++)
        {
          FrPerson *person = fr_people_find_key (people, &fr_hit_get_holder (hit, k)->key);

          if (person == NULL || (only != NULL && only != find_root (person)))
            return NULL;
          only = find_root (person);
        }
    }
  return only != NULL ? fr_person_get_name (only) : NULL;
}

/* Once all have answered, and not again for the same. */
static void
tell_fresh (FrNewPage *self)
{
  guint n_fresh = fr_newest_get_n_fresh (get_newest (self));

  if (n_fresh > self->n_told && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      g_autofree char *text = fr_new_text_count_fresh (n_fresh, find_only_sharer (self));

      fr_announce (GTK_WIDGET (self), text);
    }
  self->n_told = n_fresh;
}

static void
take_asking (FrNewPage *self, guint n_asking)
{
  guint before = self->n_asking;

  self->n_asking = n_asking;
  if (n_asking > 0 && before == 0)
    begin_silence (self);
  else if (n_asking == 0 && before > 0)
    {
      end_silence (self);
      tell_fresh (self);
    }
}

/* For a moment after opening, and after asking, all stays as it is, unless there is something to see: what is remembered
 * is being read, and answers come. */
static void
update (FrNewPage *self)
{
  g_autoptr (GPtrArray) people = list_people (self);
  g_autoptr (GPtrArray) asking = fr_newest_list_people (get_newest (self), FR_NEWEST_ASKING);
  g_autoptr (GPtrArray) silent = fr_newest_list_people (get_newest (self), FR_NEWEST_SILENT);
  FrNewFacts facts = { .n_people = people->len,
                       .n_pictures = g_list_model_get_n_items (G_LIST_MODEL (get_newest (self))),
                       .could_stay = self->could_stay,
                       .is_unreadable = fr_newest_get_unreadable (get_newest (self)) };
  g_autofree char *line = NULL;

  for (guint i = 0; i < people->len; i++)
    facts.n_here += is_here (people->pdata[i]);
  if (people->len > 0)
    {
      facts.name = fr_person_get_name (people->pdata[0]);
      facts.waits = fr_person_get_state (people->pdata[0]) == FR_PERSON_WAITS;
    }
  facts.n_asking = count_people (asking, &facts.asking);
  facts.n_silent = count_people (silent, &facts.silent);
  take_asking (self, facts.n_asking);
  if (self->silence == NULL || facts.n_pictures > 0 || facts.n_people == 0)
    show_state (self, fr_new_text_choose (&facts), &facts);
  if (self->silence != NULL)
    return;
  line = fr_new_text_line (&facts);
  show_line (self, line);
}

static gboolean
update_cb (gpointer data)
{
  FrNewPage *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Pictures come one by one, and people change a little many times. */
static void
queue_update (FrNewPage *self)
{
  if (self->update_id == 0 && self->node != NULL)
    self->update_id = g_idle_add (update_cb, self);
}

static void
people_changed_cb (FrNewPage *self, guint position, guint removed, guint added)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (self->node));

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, position + i);

      g_signal_handlers_disconnect_by_func (person, queue_update, self);
      g_signal_connect_object (person, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_signal_handlers_disconnect_by_func (person, fr_wall_refresh, self->wall);
      g_signal_connect_object (person, "notify::name", G_CALLBACK (fr_wall_refresh), self->wall, G_CONNECT_SWAPPED);
    }
  queue_update (self);
}

static void
open_cb (FrNewPage *self, FrWallItem *item)
{
  fr_newest_mark_seen (get_newest (self), fr_wall_item_get_id (item));
  g_signal_emit (self, signals[OPEN], 0, item);
}

static void
show_wish_cb (FrNewPage *self, FrWish *wish)
{
  g_signal_emit (self, signals[SHOW_WISH], 0, wish);
}

/* What can be done */

static void
tell (FrNewPage *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
copy_invitation_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrNewPage *self = FR_NEW_PAGE (widget);
  g_autofree char *invitation = fr_node_get_invitation (self->node);

  if (invitation == NULL)
    {
      tell (self, _ ("You need a meeting point first."));
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), invitation);
  tell (self, _ ("Invitation copied. Send it to someone, and they can add you."));
}

static void
try_again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrNewPage *self = FR_NEW_PAGE (widget);
  g_autoptr (GPtrArray) people = list_people (self);

  for (guint i = 0; i < people->len; i++)
    fr_people_retry (fr_node_get_people (self->node), people->pdata[i]);
}

static void
ask_again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_newest_ask (get_newest (FR_NEW_PAGE (widget)), NULL);
}

static void
share_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrNewPage *self = FR_NEW_PAGE (widget);
  g_autoptr (GPtrArray) people = list_people (self);

  g_signal_emit (self, signals[SHARE], 0, people->len == 1 ? people->pdata[0] : NULL);
}

/* Keys */

static gboolean
stop_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrNewPage *self = FR_NEW_PAGE (widget);
  gboolean was_selecting = fr_wall_get_selecting (self->wall);

  fr_wall_set_selecting (self->wall, FALSE);
  return was_selecting ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
other_pane_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrNewPage *self = FR_NEW_PAGE (widget);

  if (fr_news_card_get_n (self->card) == 0)
    return GDK_EVENT_PROPAGATE;
  if (has_focus (self))
    fr_news_card_take_focus (self->card);
  else
    fr_new_page_take_focus (self);
  return GDK_EVENT_STOP;
}

static void
fr_new_page_dispose (GObject *object)
{
  FrNewPage *self = FR_NEW_PAGE (object);

  end_silence (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->look, fr_wall_look_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_NEW_PAGE);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_new_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-new-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrNewPage, card);
  gtk_widget_class_bind_template_child (widget_class, FrNewPage, line_revealer);
  gtk_widget_class_bind_template_child (widget_class, FrNewPage, line);
  gtk_widget_class_bind_template_child (widget_class, FrNewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrNewPage, wall);
  gtk_widget_class_bind_template_child (widget_class, FrNewPage, status);
  gtk_widget_class_bind_template_child (widget_class, FrNewPage, button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_wish_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_new_page_take_focus);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "new.copy-invitation", NULL, copy_invitation_action);
  gtk_widget_class_install_action (widget_class, "new.try-again", NULL, try_again_action);
  gtk_widget_class_install_action (widget_class, "new.ask-again", NULL, ask_again_action);
  gtk_widget_class_install_action (widget_class, "new.share", NULL, share_action);
  fr_wall_class_add_keys (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F6, 0, other_pane_cb, NULL);
}

static void
fr_new_page_class_init (FrNewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fr_new_page_dispose;
  signals[OPEN] = g_signal_new ("open", FR_TYPE_NEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_WALL_ITEM);
  signals[SHOW_WISH] = g_signal_new ("show-wish", FR_TYPE_NEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     1, FR_TYPE_WISH);
  signals[SHARE] = g_signal_new ("share", FR_TYPE_NEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 FR_TYPE_PERSON);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_NEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  g_type_ensure (FR_TYPE_NEWS_CARD);
  g_type_ensure (FR_TYPE_WALL);
  g_type_ensure (FR_TYPE_WALL_SELECTION);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
fr_new_page_init (FrNewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fr_wall_share_actions (self->wall, GTK_WIDGET (self));
}

/**
 * fr_new_page_set_could_stay:
 * @self: a page
 * @could_stay: whether sharing could go on without a window, and does not yet
 *
 * It is offered where nobody is here.
 */
void
fr_new_page_set_could_stay (FrNewPage *self, gboolean could_stay)
{
  self->could_stay = could_stay;
  if (self->node != NULL)
    queue_update (self);
}

/**
 * fr_new_page_set_node:
 * @self: a page
 * @node: whose people; once
 * @loader: who loads what the tiles show
 */
void
fr_new_page_set_node (FrNewPage *self, FrNode *node, FrTextureLoader *loader)
{
  FrNewest *newest = fr_node_get_newest (node);
  FrPeople *people = fr_node_get_people (node);
  g_autoptr (FrWallItems) items = fr_wall_items_new (node, G_LIST_MODEL (newest));

  g_set_object (&self->node, node);
  fr_wall_set_model (self->wall, G_LIST_MODEL (items), loader);
  fr_news_card_set_people (self->card, people, fr_node_get_wishes (node));
  g_signal_connect_object (newest, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (newest, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (newest, "state-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (people_changed_cb), self, G_CONNECT_SWAPPED);
  people_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (people)));
  begin_silence (self);
  update (self);
  self->look = fr_wall_look_new (self->wall, newest);
}

/**
 * fr_new_page_take_focus:
 * @self: a page
 *
 * Gives the focus to the pictures, or to the one thing that can be done.
 */
void
fr_new_page_take_focus (FrNewPage *self)
{
  if (fr_new_page_shows_wall (self))
    fr_wall_take_focus (self->wall);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

FrWall *
fr_new_page_get_wall (FrNewPage *self)
{
  return self->wall;
}

FrNewsCard *
fr_new_page_get_card (FrNewPage *self)
{
  return self->card;
}

gboolean
fr_new_page_shows_wall (FrNewPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "wall") == 0;
}

const char *
fr_new_page_get_title (FrNewPage *self)
{
  return adw_status_page_get_title (self->status);
}

const char *
fr_new_page_get_line (FrNewPage *self)
{
  return gtk_revealer_get_reveal_child (self->line_revealer) ? gtk_label_get_label (self->line) : NULL;
}
