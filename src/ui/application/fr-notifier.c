/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-notifier.h"

#include <glib/gi18n.h>

#include "fr-settings.h"

#define MAX_TOLD 50     /* requests at a time; who asks may be many */
#define MAX_ARRIVED 500 /* pictures that are opened together */

struct _FrNotifier
{
  GObject parent_instance;

  /* owned */
  GApplication *application;
  FrNode *node;
  GSettings *settings;  /* nullable */
  GHashTable *told;     /* of char *: keys of those whose request is shown */
  GHashTable *wishes;   /* of FrWish: those of which it is shown that something turned up */
  FrArrivals *arrivals;
  GListStore *arrived;  /* of FrHit */
  GSource *timer;

  /* borrowed */
  GtkWindow *window;

  /* state */
  guint staying_told : 1;
};

G_DEFINE_FINAL_TYPE (FrNotifier, fr_notifier, G_TYPE_OBJECT)

static gboolean
is_wanted (FrNotifier *self, const char *setting)
{
  return self->settings == NULL || g_settings_get_boolean (self->settings, setting);
}

/* Its dialogs show requests, too. */
static gboolean
is_looked_at (FrNotifier *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return TRUE;
    }
  return FALSE;
}

/* Requests */

/**
 * fr_notifier_make_request:
 * @name: of a person
 * @introducer: (nullable): who told us of them
 * @key: theirs, as text
 *
 * Returns: (transfer full): that they would like to connect, with both answers
 */
GNotification *
fr_notifier_make_request (const char *name, const char *introducer, const char *key)
{
  /* Translators: the name of a person */
  g_autofree char *title = g_strdup_printf (_ ("%s Would Like to Connect"), name);
  GNotification *notification = g_notification_new (title);

  if (introducer != NULL)
    {
      /* Translators: the name of a person */
      g_autofree char *body = g_strdup_printf (_ ("Introduced by %s."), introducer);

      g_notification_set_body (notification, body);
    }
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.show-page", "s", "people");
  g_notification_add_button_with_target (notification, _ ("Accept"), "app.accept-person", "s", key);
  g_notification_add_button_with_target (notification, _ ("Decline"), "app.decline-person", "s", key);
  return notification;
}

static char *
make_request_id (const char *key)
{
  return g_strconcat ("request-", key, NULL);
}

static void
withdraw_request (FrNotifier *self, const char *key)
{
  g_autofree char *id = make_request_id (key);

  if (g_hash_table_remove (self->told, key))
    g_application_withdraw_notification (self->application, id);
}

static void
tell_request (FrNotifier *self, FrPerson *person, const char *key)
{
  FrPerson *introducer = fr_person_get_introducer (person);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *id = make_request_id (key);

  if (is_looked_at (self) || !is_wanted (self, FR_SETTING_TELL_REQUESTS) || g_hash_table_contains (self->told, key)
      || g_hash_table_size (self->told) >= MAX_TOLD)
    return;
  notification = fr_notifier_make_request (fr_person_get_name (person),
                                           introducer != NULL ? fr_person_get_name (introducer) : NULL, key);
  g_hash_table_add (self->told, g_strdup (key));
  g_application_send_notification (self->application, id, notification);
}

static void
person_cb (FrNotifier *self, GParamSpec *pspec, FrPerson *person)
{
  FrPeerKey key;
  g_autofree char *text = NULL;

  if (!fr_person_get_key (person, &key))
    return;
  text = fr_peer_key_to_string (&key);
  if (fr_person_get_state (person) == FR_PERSON_ASKS)
    tell_request (self, person, text);
  else
    withdraw_request (self, text);
}

/* Whoever asked and has gone is not in the list any more. */
static void
withdraw_gone (FrNotifier *self)
{
  FrPeople *people = fr_node_get_people (self->node);
  g_autoptr (GList) keys = g_hash_table_get_keys (self->told);

  for (GList *each = keys; each != NULL; each = each->next)
    {
      FrPeerKey key;

      if (fr_peer_key_parse (&key, each->data) && fr_people_find_key (people, &key) == NULL)
        {
          g_autofree char *gone = g_strdup (each->data);

          withdraw_request (self, gone);
        }
    }
}

static void
people_changed_cb (FrNotifier *self, guint position, guint n_removed, guint n_added, GListModel *people)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      g_signal_handlers_disconnect_by_data (person, self); /* if they only moved */
      g_signal_connect_object (person, "notify::state", G_CALLBACK (person_cb), self, G_CONNECT_SWAPPED);
      person_cb (self, NULL, person);
    }
  if (n_removed > 0)
    withdraw_gone (self);
}

/* Pictures */

/**
 * fr_notifier_make_arrived:
 * @news: pictures that have come
 *
 * Returns: (transfer full): that they have
 */
GNotification *
fr_notifier_make_arrived (const FrArrivalsNews *news)
{
  const char *many = ngettext ("%u Picture Has Come", "%u Pictures Have Come", news->n);
  /* Translators: the title of a picture */
  g_autofree char *title = news->n == 1 ? g_strdup_printf (_ ("“%s” Has Come"), news->title)
                                        : g_strdup_printf (many, news->n);
  GNotification *notification = g_notification_new (title);

  if (news->from != NULL)
    {
      g_autofree char *body = g_strdup_printf (_ ("From %s"), news->from);

      g_notification_set_body (notification, body);
    }
  g_notification_set_default_action (notification, "app.show-arrived");
  return notification;
}

static void
tell_arrived (FrNotifier *self);

static gboolean
timer_cb (gpointer data)
{
  FrNotifier *self = data;

  g_clear_pointer (&self->timer, g_source_unref);
  tell_arrived (self);
  return G_SOURCE_REMOVE;
}

static void
stop_timer (FrNotifier *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
tell_arrived (FrNotifier *self)
{
  gint64 now_us = g_get_monotonic_time (), deadline_us;
  FrArrivalsNews news;

  if (fr_arrivals_tell (self->arrivals, &news, now_us))
    {
      g_autoptr (GNotification) notification = fr_notifier_make_arrived (&news);

      g_application_send_notification (self->application, "arrived", notification);
    }
  deadline_us = fr_arrivals_next_deadline (self->arrivals);
  if (deadline_us < 0 || self->timer != NULL)
    return;
  self->timer = g_timeout_source_new ((guint) (MAX (deadline_us - now_us, 0) / 1000) + 1);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

static void
take_arrived (FrNotifier *self, FrFetch *fetch)
{
  if (is_looked_at (self) || !is_wanted (self, FR_SETTING_TELL_PICTURES))
    return;
  if (fr_fetch_get_hit (fetch) != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->arrived)) < MAX_ARRIVED)
    g_list_store_append (self->arrived, fr_fetch_get_hit (fetch));
  fr_arrivals_add (self->arrivals, fr_fetch_get_title (fetch), fr_fetch_get_holder_name (fetch));
  tell_arrived (self);
}

/* What was there when it was first seen is nothing new. */
static void
fetch_cb (FrNotifier *self, GParamSpec *pspec, FrFetch *fetch)
{
  if (fr_fetch_get_state (fetch) != FR_FETCH_DONE)
    g_object_set_data (G_OBJECT (fetch), "fr-notifier-coming", self);
  else if (g_object_steal_data (G_OBJECT (fetch), "fr-notifier-coming") != NULL)
    take_arrived (self, fetch);
}

static void
fetches_changed_cb (FrNotifier *self, guint position, guint n_removed, guint n_added, GListModel *fetches)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      g_signal_handlers_disconnect_by_data (fetch, self); /* if it only moved */
      g_signal_connect_object (fetch, "notify::state", G_CALLBACK (fetch_cb), self, G_CONNECT_SWAPPED);
      fetch_cb (self, NULL, fetch);
    }
}

/* Wishes */

/**
 * fr_notifier_make_wish:
 * @wish: a wish
 *
 * Returns: (transfer full): that something has turned up for it
 */
GNotification *
fr_notifier_make_wish (FrWish *wish)
{
  guint n = fr_wish_get_n_new (wish);
  /* Translators: what a person is looking for */
  g_autofree char *title = g_strdup_printf (_ ("Something New for “%s”"), fr_wish_get_words (wish));
  g_autofree char *body = g_strdup_printf (ngettext ("%u picture", "%u pictures", n), n);
  g_autofree char *terms = fr_search_terms_to_string (fr_wish_get_terms (wish));
  GNotification *notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-wish", "s", terms);
  return notification;
}

static char *
make_wish_id (FrWish *wish)
{
  g_autofree char *terms = fr_search_terms_to_string (fr_wish_get_terms (wish));
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, terms, -1); /* the words may be long */

  return g_strconcat ("wish-", hash, NULL);
}

static void
withdraw_wish (FrNotifier *self, FrWish *wish)
{
  g_autofree char *id = make_wish_id (wish);

  g_application_withdraw_notification (self->application, id);
  g_hash_table_remove (self->wishes, wish);
}

static void
found_cb (FrNotifier *self, FrWish *wish)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *id = make_wish_id (wish);

  if (is_looked_at (self) || !is_wanted (self, FR_SETTING_TELL_WISHES))
    return;
  notification = fr_notifier_make_wish (wish);
  g_hash_table_add (self->wishes, g_object_ref (wish));
  g_application_send_notification (self->application, id, notification);
}

/* What was taken away is not told of any more. */
static void
wishes_changed_cb (FrNotifier *self, guint position, guint n_removed, guint n_added, GListModel *wishes)
{
  g_autoptr (GList) shown = g_hash_table_get_keys (self->wishes);

  for (GList *each = shown; each != NULL; each = each->next)
    if (fr_wishes_find (FR_WISHES (wishes), fr_wish_get_terms (each->data)) != each->data)
      {
        g_autoptr (FrWish) gone = g_object_ref (each->data);

        withdraw_wish (self, gone);
      }
}

/* All of it */

static void
withdraw_wishes (FrNotifier *self)
{
  g_autoptr (GList) shown = g_hash_table_get_keys (self->wishes);

  for (GList *each = shown; each != NULL; each = each->next)
    {
      g_autoptr (FrWish) wish = g_object_ref (each->data);

      withdraw_wish (self, wish);
    }
}

static void
withdraw_all (FrNotifier *self)
{
  g_autoptr (GList) keys = g_hash_table_get_keys (self->told);

  for (GList *each = keys; each != NULL; each = each->next)
    {
      g_autofree char *key = g_strdup (each->data);

      withdraw_request (self, key);
    }
  withdraw_wishes (self);
  stop_timer (self);
  fr_arrivals_forget (self->arrivals);
  g_list_store_remove_all (self->arrived);
  g_application_withdraw_notification (self->application, "arrived");
  g_application_withdraw_notification (self->application, "staying");
}

static void
active_cb (FrNotifier *self)
{
  if (self->window != NULL && gtk_window_is_active (self->window))
    withdraw_all (self);
}

static void
fr_notifier_dispose (GObject *object)
{
  FrNotifier *self = FR_NOTIFIER (object);

  if (self->application != NULL)
    withdraw_all (self);
  g_clear_object (&self->application);
  g_clear_object (&self->node);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (fr_notifier_parent_class)->dispose (object);
}

static void
fr_notifier_finalize (GObject *object)
{
  FrNotifier *self = FR_NOTIFIER (object);

  g_clear_weak_pointer (&self->window);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->wishes);
  g_object_unref (self->arrived);
  fr_arrivals_free (self->arrivals);
  G_OBJECT_CLASS (fr_notifier_parent_class)->finalize (object);
}

static void
fr_notifier_class_init (FrNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_notifier_finalize;
}

static void
fr_notifier_init (FrNotifier *self)
{
  self->settings = fr_settings_open ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wishes = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->arrivals = fr_arrivals_new ();
  self->arrived = g_list_store_new (FR_TYPE_HIT);
}

/**
 * fr_notifier_new:
 * @application: who tells
 * @node: of what
 * @window: what the person looks at
 *
 * Returns: (transfer full): one that tells from now on
 */
FrNotifier *
fr_notifier_new (GApplication *application, FrNode *node, GtkWindow *window)
{
  FrNotifier *self = g_object_new (FR_TYPE_NOTIFIER, NULL);
  GListModel *people = G_LIST_MODEL (fr_node_get_people (node)), *fetches = fr_node_get_fetches (node);

  self->application = g_object_ref (application);
  self->node = g_object_ref (node);
  g_set_weak_pointer (&self->window, window);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (people_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fetches, "items-changed", G_CALLBACK (fetches_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fr_node_get_wishes (node), "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fr_node_get_wishes (node), "items-changed", G_CALLBACK (wishes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  people_changed_cb (self, 0, 0, g_list_model_get_n_items (people), people);
  fetches_changed_cb (self, 0, 0, g_list_model_get_n_items (fetches), fetches);
  return self;
}

/**
 * fr_notifier_tell_staying:
 * @self: a notifier
 *
 * That is told once.
 */
void
fr_notifier_tell_staying (FrNotifier *self)
{
  g_autoptr (GNotification) notification = NULL;

  if (self->staying_told)
    return;
  self->staying_told = TRUE;
  notification = g_notification_new (_ ("Freshet Goes On Sharing"));
  g_notification_set_body (notification, _ ("Open it to look, or quit."));
  g_notification_set_default_action_and_target (notification, "app.show-page", "s", "new");
  g_notification_add_button (notification, _ ("Quit"), "app.quit");
  g_application_send_notification (self->application, "staying", notification);
}

/**
 * fr_notifier_list_arrived:
 * @self: a notifier
 *
 * Returns: (transfer full): a list of #FrHit: what has come since the window was looked at
 */
GListModel *
fr_notifier_list_arrived (FrNotifier *self)
{
  GListStore *copy = g_list_store_new (FR_TYPE_HIT);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->arrived)); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (self->arrived), i);

      g_list_store_append (copy, hit);
    }
  return G_LIST_MODEL (copy);
}
