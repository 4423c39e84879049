/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-filter-bar.h"

#include <glib/gi18n.h>

#include "fr-filter-text.h"
#include "fr-hit.h"

/* People whose pictures were found, in the menu. */
#define MAX_PEOPLE 30

struct _FrFilterBar
{
  AdwBin parent_instance;

  /* template widgets */
  GtkMenuButton *scope_chip;
  GtkMenuButton *kind_chip;
  GtkMenuButton *size_chip;
  GtkMenuButton *date_chip;
  GtkMenuButton *person_chip;
  GtkWidget *clear_button;

  /* owned */
  FrPeople *people;
  GListModel *found; /* nullable */
  GSimpleActionGroup *actions;
  FrSearchTerms *filter;
  char *scope_name;  /* nullable: of the one person who is asked */
  char *person_name; /* nullable: of the one person whose pictures pass */

  /* state */
  FrSearchScope scope;
  FrPeerKey scope_person;
  FrFilterDate date;
  guint size;
};

enum
{
  SCOPE_CHANGED,
  FILTER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrFilterBar, fr_filter_bar, ADW_TYPE_BIN)

static const char *const scope_targets[] = {
  [FR_SCOPE_EVERYONE] = "everyone",
  [FR_SCOPE_PEOPLE] = "people",
  [FR_SCOPE_PERSON] = NULL,
  [FR_SCOPE_MINE] = "mine",
};

static const char *const kind_actions[FR_FILTER_N_KINDS] = {
  [FR_FILTER_JPEG] = "kind-jpeg", [FR_FILTER_PNG] = "kind-png",         [FR_FILTER_WEBP] = "kind-webp",
  [FR_FILTER_GIF] = "kind-gif",   [FR_FILTER_DRAWING] = "kind-drawing", [FR_FILTER_OTHERS] = "kind-others",
};

/* What the chips say */

static gboolean
is_filtering (FrFilterBar *self)
{
  const FrSearchTerms *filter = self->filter;

  return filter->kinds != 0 || filter->shape != FR_SHAPE_ANY || filter->least_pixels != 0 || filter->since != 0
         || filter->scope == FR_SCOPE_PERSON;
}

static void
show_chip (GtkMenuButton *chip, const char *label, gboolean is_on)
{
  gtk_menu_button_set_label (chip, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (chip), "on");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (chip), "on");
}

static void
show_chips (FrFilterBar *self)
{
  g_autofree char *kinds = fr_filter_text_describe_kinds (self->filter->kinds);
  g_autofree char *size = fr_filter_text_name_size (self->size);

  show_chip (self->scope_chip, self->scope_name != NULL ? self->scope_name : fr_filter_text_name_scope (self->scope),
             self->scope != FR_SCOPE_EVERYONE);
  show_chip (self->kind_chip, kinds, self->filter->kinds != 0);
  /* Translators: how many pixels a picture has at least */
  show_chip (self->size_chip, self->size > 0 ? size : C_ ("filter", "Size"), self->size > 0);
  /* Translators: since when a picture has been shared */
  show_chip (self->date_chip, self->date > 0 ? fr_filter_text_name_date (self->date) : C_ ("filter", "Date"),
             self->date > 0);
  /* Translators: whose picture it is */
  show_chip (self->person_chip, self->person_name != NULL ? self->person_name : C_ ("filter", "Person"),
             self->person_name != NULL);
  gtk_widget_set_visible (self->clear_button, is_filtering (self));
}

static void
set_state (FrFilterBar *self, const char *name, GVariant *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), state);
}

static void
show_states (FrFilterBar *self)
{
  g_autofree char *scope_key = fr_peer_key_to_string (&self->scope_person);
  g_autofree char *person_key = fr_peer_key_to_string (&self->filter->person);

  set_state (self, "scope",
             g_variant_new_string (scope_targets[self->scope] != NULL ? scope_targets[self->scope] : scope_key));
  for (guint kind = 0; kind < FR_FILTER_N_KINDS; kind++)
    set_state (self, kind_actions[kind],
               g_variant_new_boolean ((self->filter->kinds & fr_filter_text_get_kinds (kind)) != 0));
  set_state (self, "wide", g_variant_new_boolean (self->filter->shape == FR_SHAPE_WIDE));
  set_state (self, "tall", g_variant_new_boolean (self->filter->shape == FR_SHAPE_TALL));
  set_state (self, "size", g_variant_new_int32 ((gint32) self->size));
  set_state (self, "date", g_variant_new_int32 ((gint32) self->date));
  set_state (self, "person", g_variant_new_string (self->filter->scope == FR_SCOPE_PERSON ? person_key : ""));
}

static void
change_filter (FrFilterBar *self)
{
  show_states (self);
  show_chips (self);
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

/* Actions */

static void
set_scope (FrFilterBar *self, FrSearchScope scope, const FrPeerKey *person, const char *name)
{
  static const FrPeerKey nobody;

  if (scope == self->scope && (person == NULL || fr_peer_key_equal (person, &self->scope_person)))
    return;
  self->scope = scope;
  self->scope_person = person != NULL ? *person : nobody;
  g_free (self->scope_name);
  self->scope_name = g_strdup (name);
  show_states (self);
  show_chips (self);
  g_signal_emit (self, signals[SCOPE_CHANGED], 0);
}

static void
scope_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrFilterBar *self = data;
  const char *target = g_variant_get_string (parameter, NULL);
  FrPeerKey key;
  FrPerson *person;

  for (guint scope = 0; scope < G_N_ELEMENTS (scope_targets); scope++)
    if (g_strcmp0 (target, scope_targets[scope]) == 0)
      set_scope (self, scope, NULL, NULL);
  if (!fr_peer_key_parse (&key, target))
    return;
  person = fr_people_find_key (self->people, &key);
  if (person != NULL)
    set_scope (self, FR_SCOPE_PERSON, &key, fr_person_get_name (person));
}

static void
kind_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrFilterBar *self = data;

  for (guint kind = 0; kind < FR_FILTER_N_KINDS; kind++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), kind_actions[kind]))
      self->filter->kinds ^= fr_filter_text_get_kinds (kind);
  change_filter (self);
}

/* One of the two, or none. */
static void
shape_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrFilterBar *self = data;
  FrSearchShape shape = g_str_equal (g_action_get_name (G_ACTION (action)), "wide") ? FR_SHAPE_WIDE : FR_SHAPE_TALL;

  self->filter->shape = self->filter->shape == shape ? FR_SHAPE_ANY : shape;
  change_filter (self);
}

static void
size_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrFilterBar *self = data;

  self->size = MIN ((guint) g_variant_get_int32 (parameter), FR_FILTER_N_SIZES - 1);
  self->filter->least_pixels = fr_filter_text_get_pixels (self->size);
  change_filter (self);
}

static void
date_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrFilterBar *self = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->date = MIN ((guint) g_variant_get_int32 (parameter), FR_FILTER_N_DATES - 1);
  self->filter->since = fr_filter_text_get_since (self->date, now);
  change_filter (self);
}

/* What they are called here, or else what they call themselves. */
static char *
find_name (FrFilterBar *self, const FrPeerKey *key)
{
  FrPerson *person = fr_people_find_key (self->people, key);
  guint n = self->found != NULL ? g_list_model_get_n_items (self->found) : 0;

  if (person != NULL)
    return g_strdup (fr_person_get_name (person));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (self->found, i);

      for (guint h = 0; h < fr_hit_get_n_holders (hit); h++)
        if (fr_peer_key_equal (&fr_hit_get_holder (hit, h)->key, key))
          return g_strdup (fr_hit_get_holder (hit, h)->name);
    }
  return NULL;
}

static void
person_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrFilterBar *self = data;
  FrPeerKey key = { 0 };
  g_autofree char *name
      = fr_peer_key_parse (&key, g_variant_get_string (parameter, NULL)) ? find_name (self, &key) : NULL;

  self->filter->scope = name != NULL ? FR_SCOPE_PERSON : FR_SCOPE_EVERYONE;
  self->filter->person = key;
  g_free (self->person_name);
  self->person_name = g_steal_pointer (&name);
  change_filter (self);
}

static void
clear_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  fr_filter_bar_clear (data);
}

static const GActionEntry action_entries[] = {
  { "scope", scope_action, "s", "'everyone'" },
  { "kind-jpeg", kind_action, NULL, "false" },
  { "kind-png", kind_action, NULL, "false" },
  { "kind-webp", kind_action, NULL, "false" },
  { "kind-gif", kind_action, NULL, "false" },
  { "kind-drawing", kind_action, NULL, "false" },
  { "kind-others", kind_action, NULL, "false" },
  { "wide", shape_action, NULL, "false" },
  { "tall", shape_action, NULL, "false" },
  { "size", size_action, "i", "0" },
  { "date", date_action, "i", "0" },
  { "person", person_action, "s", "''" },
  { "clear", clear_action },
};

/* Menus */

/* Names are not to be taken for mnemonics. */
static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_key (GMenu *menu, const char *name, const char *action, const FrPeerKey *key)
{
  g_autofree char *text = fr_peer_key_to_string (key);

  append (menu, name, action, g_variant_new_string (text));
}

static void
make_scope_menu_cb (GtkMenuButton *chip, gpointer data)
{
  FrFilterBar *self = data;
  g_autoptr (GMenu) menu = g_menu_new (), scopes = g_menu_new (), people = g_menu_new ();
  GListModel *list = G_LIST_MODEL (self->people);

  for (guint scope = 0; scope < G_N_ELEMENTS (scope_targets); scope++)
    if (scope_targets[scope] != NULL)
      append (scopes, fr_filter_text_name_scope (scope), "filter.scope", g_variant_new_string (scope_targets[scope]));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (scopes));
  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (list, i);
      FrPeerKey key;

      if (fr_person_is_contact (person) && fr_person_get_owner (person) == NULL && fr_person_get_key (person, &key))
        append_key (people, fr_person_get_name (person), "filter.scope", &key);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (people));
  gtk_menu_button_set_menu_model (chip, G_MENU_MODEL (menu));
}

static void
make_person_menu_cb (GtkMenuButton *chip, gpointer data)
{
  FrFilterBar *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  guint n = self->found != NULL ? g_list_model_get_n_items (self->found) : 0;

  append (menu, _ ("Anyone"), "filter.person", g_variant_new_string (""));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (self->found, i);

      for (guint h = 0; h < fr_hit_get_n_holders (hit) && g_hash_table_size (known) < MAX_PEOPLE; h++)
        {
          const FrHolder *holder = fr_hit_get_holder (hit, h);
          g_autofree char *name = NULL;

          if (!g_hash_table_add (known, g_memdup2 (&holder->key, sizeof holder->key)))
            continue;
          name = find_name (self, &holder->key);
          append_key (menu, name, "filter.person", &holder->key);
        }
    }
  gtk_menu_button_set_menu_model (chip, G_MENU_MODEL (menu));
}

static void
make_fixed_menus (FrFilterBar *self)
{
  g_autoptr (GMenu) kinds = g_menu_new (), sizes = g_menu_new (), dates = g_menu_new ();

  for (guint kind = 0; kind < FR_FILTER_N_KINDS; kind++)
    {
      g_autofree char *action = g_strconcat ("filter.", kind_actions[kind], NULL);

      append (kinds, fr_filter_text_name_kind (kind), action, NULL);
    }
  for (guint size = 0; size < FR_FILTER_N_SIZES; size++)
    {
      g_autofree char *name = fr_filter_text_name_size (size);

      append (sizes, name, "filter.size", g_variant_new_int32 ((gint32) size));
    }
  for (guint date = 0; date < FR_FILTER_N_DATES; date++)
    append (dates, fr_filter_text_name_date (date), "filter.date", g_variant_new_int32 ((gint32) date));
  gtk_menu_button_set_menu_model (self->kind_chip, G_MENU_MODEL (kinds));
  gtk_menu_button_set_menu_model (self->size_chip, G_MENU_MODEL (sizes));
  gtk_menu_button_set_menu_model (self->date_chip, G_MENU_MODEL (dates));
}

static void
fr_filter_bar_dispose (GObject *object)
{
  FrFilterBar *self = FR_FILTER_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_FILTER_BAR);
  g_clear_object (&self->actions);
  g_clear_object (&self->found);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (fr_filter_bar_parent_class)->dispose (object);
}

static void
fr_filter_bar_finalize (GObject *object)
{
  FrFilterBar *self = FR_FILTER_BAR (object);

  fr_search_terms_free (self->filter);
  g_free (self->scope_name);
  g_free (self->person_name);
  G_OBJECT_CLASS (fr_filter_bar_parent_class)->finalize (object);
}

static void
fr_filter_bar_class_init (FrFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_filter_bar_finalize;
  signals[SCOPE_CHANGED]
      = g_signal_new ("scope-changed", FR_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILTER_CHANGED]
      = g_signal_new ("filter-changed", FR_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FrFilterBar, scope_chip);
  gtk_widget_class_bind_template_child (widget_class, FrFilterBar, kind_chip);
  gtk_widget_class_bind_template_child (widget_class, FrFilterBar, size_chip);
  gtk_widget_class_bind_template_child (widget_class, FrFilterBar, date_chip);
  gtk_widget_class_bind_template_child (widget_class, FrFilterBar, person_chip);
  gtk_widget_class_bind_template_child (widget_class, FrFilterBar, clear_button);
}

static void
fr_filter_bar_init (FrFilterBar *self)
{
  self->filter = fr_search_terms_new ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries, G_N_ELEMENTS (action_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (self->actions));
  make_fixed_menus (self);
  gtk_menu_button_set_create_popup_func (self->scope_chip, make_scope_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->person_chip, make_person_menu_cb, self, NULL);
  show_chips (self);
}

/**
 * fr_filter_bar_set_people:
 * @self: a bar
 * @people: who can be asked alone; once
 */
void
fr_filter_bar_set_people (FrFilterBar *self, FrPeople *people)
{
  g_set_object (&self->people, people);
}

void
fr_filter_bar_set_found (FrFilterBar *self, GListModel *hits)
{
  g_set_object (&self->found, hits);
}

/**
 * fr_filter_bar_get_scope:
 * @self: a bar
 * @out_person: (out caller-allocates): who is asked, where that is one person; else untouched
 *
 * Returns: of whom one asks
 */
FrSearchScope
fr_filter_bar_get_scope (FrFilterBar *self, FrPeerKey *out_person)
{
  if (self->scope == FR_SCOPE_PERSON)
    *out_person = self->scope_person;
  return self->scope;
}

const char *
fr_filter_bar_get_person_name (FrFilterBar *self)
{
  return self->scope_name;
}

/**
 * fr_filter_bar_set_scope:
 * @self: a bar
 * @scope: of whom one asks
 * @person: (nullable): who, where that is one person
 */
void
fr_filter_bar_set_scope (FrFilterBar *self, FrSearchScope scope, FrPerson *person)
{
  FrPeerKey key;

  if (scope != FR_SCOPE_PERSON)
    set_scope (self, scope, NULL, NULL);
  else if (fr_person_get_key (person, &key))
    set_scope (self, scope, &key, fr_person_get_name (person));
}

/**
 * fr_filter_bar_get_filter:
 * @self: a bar
 *
 * Returns: (transfer none) (nullable): what pictures have to pass; %NULL: all do
 */
const FrSearchTerms *
fr_filter_bar_get_filter (FrFilterBar *self)
{
  return is_filtering (self) ? self->filter : NULL;
}

/**
 * fr_filter_bar_clear:
 * @self: a bar
 *
 * Has everything pass again. Who is asked stays.
 */
void
fr_filter_bar_clear (FrFilterBar *self)
{
  if (!is_filtering (self))
    return;
  fr_search_terms_free (self->filter);
  self->filter = fr_search_terms_new ("");
  g_clear_pointer (&self->person_name, g_free);
  self->size = 0;
  self->date = FR_FILTER_ANY_DATE;
  change_filter (self);
}

/**
 * fr_filter_bar_take_terms:
 * @self: a bar
 * @terms: what is looked for
 *
 * Asks whom they name, if that person is known, and has pass what passes them; since when it was shared does not matter any
 * more.
 */
void
fr_filter_bar_take_terms (FrFilterBar *self, const FrSearchTerms *terms)
{
  FrPerson *person = terms->scope == FR_SCOPE_PERSON ? fr_people_find_key (self->people, &terms->person) : NULL;

  fr_filter_bar_set_scope (self, terms->scope == FR_SCOPE_PERSON && person == NULL ? FR_SCOPE_EVERYONE : terms->scope,
                           person);
  fr_filter_bar_clear (self);
  self->filter->kinds = terms->kinds;
  self->filter->shape = terms->shape;
  for (guint size = 0; size < FR_FILTER_N_SIZES; size++)
    if (fr_filter_text_get_pixels (size) == terms->least_pixels)
      self->size = size;
  self->filter->least_pixels = fr_filter_text_get_pixels (self->size);
  if (is_filtering (self))
    change_filter (self);
}
