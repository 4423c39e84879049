/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-adding-view.h"

#include "fr-announce.h"

struct _FrAddingView
{
  AdwBin parent_instance;

  /* template widgets */
  GtkSpinner *spinner;
  GtkImage *icon;
  GtkLabel *label;
  GtkLabel *hint_label;
  GtkButton *remedy_button;

  /* owned */
  FrNode *node;
  FrPerson *person; /* nullable: as long as one is only on the way to the meeting point */
  GSignalGroup *node_signals;
  GSignalGroup *people_signals;
  GSignalGroup *person_signals;
  GSource *patience;
  char *said; /* nullable: what was read out last */

  /* state */
  FrAdding adding;
  guint is_running : 1;
  guint goes_on : 1;
};

enum
{
  CHANGED,
  SET_UP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrAddingView, fr_adding_view, ADW_TYPE_BIN)

static FrAddingFacts
gather_facts (FrAddingView *self)
{
  const GError *node_error = fr_node_get_error (self->node);
  const GError *error = self->person != NULL ? fr_person_get_error (self->person) : NULL;
  FrAddingFacts facts = { .name = "",
                          .person = FR_PERSON_AWAY,
                          .node = fr_node_get_state (self->node),
                          .has_meeting_point = fr_node_get_server (self->node) != NULL,
                          .node_error = node_error != NULL ? node_error->message : NULL };

  if (self->person == NULL)
    return facts;
  facts.name = fr_person_get_name (self->person);
  if (*facts.name == '\0')
    facts.name = fr_person_get_address (self->person);
  facts.person = fr_person_get_state (self->person);
  facts.is_known = fr_person_get_key (self->person, NULL);
  facts.has_error = error != NULL;
  facts.code = error != NULL && error->domain == FR_NODE_ERROR ? (FrNodeError) error->code : FR_NODE_ERROR_CANCELLED;
  facts.error = error != NULL ? error->message : NULL;
  return facts;
}

static void
clear_patience (FrAddingView *self)
{
  if (self->patience != NULL)
    g_source_destroy (self->patience);
  g_clear_pointer (&self->patience, g_source_unref);
}

static void
show_icon (FrAddingView *self)
{
  gboolean is_busy = fr_adding_is_busy (self->adding.step), is_there = self->adding.step == FR_ADDING_CONNECTED;

  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !is_busy);
  gtk_image_set_from_icon_name (self->icon, is_there ? "object-select-symbolic" : "dialog-information-symbolic");
  if (is_there)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "success");
}

/* Each step once. */
static void
say (FrAddingView *self, const char *text)
{
  if (g_strcmp0 (text, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_strdup (text);
  fr_announce (GTK_WIDGET (self), text);
}

static void
update (FrAddingView *self)
{
  FrAddingFacts facts;
  g_autofree char *text = NULL;
  const char *remedy;

  if (!self->is_running)
    return;
  facts = gather_facts (self);
  fr_adding_take (&self->adding, &facts);
  text = fr_adding_text_describe (self->adding.step, &facts);
  remedy = fr_adding_remedy_get_label (fr_adding_text_get_remedy (self->adding.step, &facts));
  self->goes_on = fr_adding_text_goes_on (&self->adding, &facts, g_get_monotonic_time ());
  show_icon (self);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), self->goes_on);
  if (remedy != NULL)
    gtk_button_set_label (self->remedy_button, remedy);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy_button), remedy != NULL);
  say (self, text);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
patience_cb (gpointer data)
{
  clear_patience (data);
  update (data);
  return G_SOURCE_REMOVE;
}

static void
begin_patience (FrAddingView *self)
{
  clear_patience (self);
  self->patience = g_timeout_source_new (FR_ADDING_PATIENCE_US / 1000 + 1);
  g_source_set_callback (self->patience, patience_cb, self, NULL);
  g_source_attach (self->patience, NULL);
}

static void
set_person (FrAddingView *self, FrPerson *person)
{
  g_set_object (&self->person, person);
  g_signal_group_set_target (self->person_signals, person);
}

static gboolean
is_among (FrPeople *people, FrPerson *person)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (people)); i++)
    {
      g_autoptr (FrPerson) other = g_list_model_get_item (G_LIST_MODEL (people), i);

      if (other == person)
        return TRUE;
    }
  return FALSE;
}

/* Who was added by an address can turn out to be somebody who is known by another. */
static void
people_changed_cb (FrAddingView *self)
{
  FrPeople *people = fr_node_get_people (self->node);
  FrPerson *other;

  if (self->person == NULL || is_among (people, self->person))
    return;
  other = fr_people_find_address (people, fr_person_get_address (self->person));
  if (other == NULL)
    return;
  set_person (self, other);
  update (self);
}

static void
begin (FrAddingView *self)
{
  fr_adding_begin (&self->adding, g_get_monotonic_time ());
  self->is_running = TRUE;
  begin_patience (self);
  update (self);
}

static void
remedy_clicked_cb (FrAddingView *self)
{
  FrAddingFacts facts = gather_facts (self);
  FrAddingRemedy remedy = fr_adding_text_get_remedy (self->adding.step, &facts);

  if (remedy != FR_ADDING_TRY_AGAIN)
    {
      g_signal_emit (self, signals[SET_UP], 0, remedy == FR_ADDING_SET_UP_RELAY);
      return;
    }
  if (self->adding.step == FR_ADDING_LOST)
    fr_node_retry_server (self->node);
  else if (self->person != NULL)
    fr_people_retry (fr_node_get_people (self->node), self->person);
  begin (self);
}

static void
fr_adding_view_dispose (GObject *object)
{
  FrAddingView *self = FR_ADDING_VIEW (object);

  fr_adding_view_end (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_ADDING_VIEW);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_adding_view_parent_class)->dispose (object);
}

static void
fr_adding_view_finalize (GObject *object)
{
  FrAddingView *self = FR_ADDING_VIEW (object);

  g_clear_object (&self->node_signals);
  g_clear_object (&self->people_signals);
  g_clear_object (&self->person_signals);
  g_free (self->said);
  G_OBJECT_CLASS (fr_adding_view_parent_class)->finalize (object);
}

static void
fr_adding_view_class_init (FrAddingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_adding_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_adding_view_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_ADDING_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SET_UP] = g_signal_new ("set-up", FR_TYPE_ADDING_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-adding-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FrAddingView, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrAddingView, icon);
  gtk_widget_class_bind_template_child (widget_class, FrAddingView, label);
  gtk_widget_class_bind_template_child (widget_class, FrAddingView, hint_label);
  gtk_widget_class_bind_template_child (widget_class, FrAddingView, remedy_button);
  gtk_widget_class_bind_template_callback (widget_class, remedy_clicked_cb);
}

static GSignalGroup *
watch (FrAddingView *self, GType type, const char *const *names, GCallback callback)
{
  GSignalGroup *group = g_signal_group_new (type);

  for (guint i = 0; names[i] != NULL; i++)
    g_signal_group_connect_swapped (group, names[i], callback, self);
  return group;
}

static void
fr_adding_view_init (FrAddingView *self)
{
  static const char *const node_names[] = { "notify::state", "notify::error-message", NULL };
  static const char *const people_names[] = { "items-changed", NULL };
  static const char *const person_names[] = { "notify::state", "notify::error-message", "notify::name", NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->node_signals = watch (self, FR_TYPE_NODE, node_names, G_CALLBACK (update));
  self->people_signals = watch (self, FR_TYPE_PEOPLE, people_names, G_CALLBACK (people_changed_cb));
  self->person_signals = watch (self, FR_TYPE_PERSON, person_names, G_CALLBACK (update));
}

/**
 * fr_adding_view_begin:
 * @self: a view
 * @node: who adds
 * @person: (nullable): who was added; %NULL: one is only on the way to the meeting point
 *
 * Shows how far it is, from now on. The same person again is no new beginning.
 */
void
fr_adding_view_begin (FrAddingView *self, FrNode *node, FrPerson *person)
{
  gboolean goes_on = self->is_running && self->person == NULL;

  g_set_object (&self->node, node);
  g_signal_group_set_target (self->node_signals, node);
  g_signal_group_set_target (self->people_signals, fr_node_get_people (node));
  set_person (self, person);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (goes_on)
    update (self);
  else
    begin (self);
}

/**
 * fr_adding_view_end:
 * @self: a view
 *
 * Shows nothing any more; whoever was added is looked for all the same.
 */
void
fr_adding_view_end (FrAddingView *self)
{
  self->is_running = FALSE;
  self->goes_on = FALSE;
  clear_patience (self);
  g_clear_pointer (&self->said, g_free);
  set_person (self, NULL);
  g_signal_group_set_target (self->node_signals, NULL);
  g_signal_group_set_target (self->people_signals, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * fr_adding_view_set_hint:
 * @self: a view
 * @hint: what is said once the person need not watch any more
 */
void
fr_adding_view_set_hint (FrAddingView *self, const char *hint)
{
  gtk_label_set_label (self->hint_label, hint);
}

/**
 * fr_adding_view_get_person:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): who is added, while that is shown
 */
FrPerson *
fr_adding_view_get_person (FrAddingView *self)
{
  return self->person;
}

FrAddingStep
fr_adding_view_get_step (FrAddingView *self)
{
  return self->adding.step;
}

/**
 * fr_adding_view_get_goes_on:
 * @self: a view
 *
 * Returns: whether the person is told that it goes on by itself
 */
gboolean
fr_adding_view_get_goes_on (FrAddingView *self)
{
  return self->goes_on;
}

/**
 * fr_adding_view_get_text:
 * @self: a view
 *
 * Returns: (nullable): what it says; %NULL while nobody is added
 */
const char *
fr_adding_view_get_text (FrAddingView *self)
{
  return self->is_running ? gtk_label_get_label (self->label) : NULL;
}
