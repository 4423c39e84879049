/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-node-error.h"
#include "fr-person-private.h"

/* Dialling people, and what the network says of them. */

#define RETRY_FIRST_S 5  /* who was not there is dialled again after this, */
#define RETRY_LAST_S 120 /* twice as long after each failure, up to this */

gboolean
fr_people_is_at_server (FrPeople *self, FrPerson *person)
{
  const char *server = fr_person_get_server (person);

  return *server == '\0' || g_strcmp0 (server, self->server) == 0;
}

/* Also when one of the two persons has yet to decide. */
static gboolean
is_connected (FrPerson *person)
{
  FrPersonState state = fr_person_get_state (person);

  return state == FR_PERSON_HERE || state == FR_PERSON_WAITS || state == FR_PERSON_ASKS;
}

void
fr_people_dial (FrPeople *self, FrPerson *person)
{
  FrPeerKey key;
  gboolean known = fr_person_get_key (person, &key);

  fr_person_set_retry (person, fr_person_get_n_failures (person), 0);
  /* without the server there are other ways to somebody whose key is known */
  if ((!self->online && !known) || is_connected (person))
    return;
  if (!fr_people_is_at_server (self, person))
    {
      /* somebody else may have that address at our server */
      g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_OTHER_SERVER, fr_person_get_name (person));

      fr_person_set_state (person, FR_PERSON_AWAY, error);
      return;
    }
  fr_person_set_state (person, FR_PERSON_LOOKING, NULL);
  fr_network_dial (self->network, fr_person_get_address (person), known ? &key : NULL);
}

static gboolean
timer_cb (gpointer data)
{
  FrPeople *self = data;
  gint64 next_us = G_MAXINT64, now_us = g_get_monotonic_time ();

  for (guint i = self->people->len; i > 0; i--)
    {
      FrPerson *person = g_ptr_array_index (self->people, i - 1);

      if (fr_person_get_retry_at_us (person) != 0 && fr_person_get_retry_at_us (person) <= now_us
          && !fr_people_let_in_again (self, person))
        continue; /* they are not in the list any more */
      if (fr_person_get_retry_at_us (person) != 0)
        next_us = MIN (next_us, fr_person_get_retry_at_us (person));
    }
  g_source_set_ready_time (self->timer, next_us == G_MAXINT64 ? -1 : next_us);
  return G_SOURCE_CONTINUE;
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

/* For the beginning. */
void
fr_people_start_dialling (FrPeople *self)
{
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
retry_later (FrPeople *self, FrPerson *person)
{
  guint n = fr_person_get_n_failures (person);
  gint64 delay_us = MIN ((gint64) RETRY_FIRST_S << MIN (n, 16), RETRY_LAST_S) * G_USEC_PER_SEC;

  if (!fr_person_get_added (person))
    return;
  fr_person_set_retry (person, n + 1, g_get_monotonic_time () + delay_us);
  timer_cb (self);
}

/* What the network says */

gboolean
fr_people_is_dialled (FrPerson *person)
{
  FrPersonState state = fr_person_get_state (person);

  return state == FR_PERSON_LOOKING || state == FR_PERSON_CONNECTING;
}

/* Whom a dial to an address is for: those who were called that before have other keys. */
static FrPerson *
find_dialled (FrPeople *self, const char *address)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_people_is_dialled (person) && fr_people_is_at_server (self, person) && g_str_equal (fr_person_get_address (person), address))
        return person;
    }
  return NULL;
}

/* There is one dial to an address at a time: whoever else is called that has to wait for the end of it. */
void
fr_people_dial_next (FrPeople *self, const char *address)
{
  FrPerson *next = find_dialled (self, address);

  if (next != NULL)
    fr_people_dial (self, next);
}

/* Who was added by an address, and has not been met. Who has been met and is called the same is another person. */
static FrPerson *
find_unmet (FrPeople *self, const char *address)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (!fr_person_get_key (person, NULL) && fr_people_is_at_server (self, person)
          && g_str_equal (fr_person_get_address (person), address))
        return person;
    }
  return NULL;
}

/* Who was added by an address is somebody who was known by another one. */
static void
merge (FrPeople *self, FrPerson *person, FrPerson *unmet)
{
  if (fr_person_get_added (unmet))
    fr_person_set_added (person, TRUE);
  fr_people_forget (self, unmet);
}

/* Nobody but our server vouches for an address there. */
static gboolean
is_vouched_for (FrPeople *self, const FrNetworkReport *report)
{
  return (report->way == FR_WAY_SERVER || report->way == FR_WAY_NONE)
         && (report->server == NULL || g_strcmp0 (report->server, self->server) == 0);
}

/* Who is at the other end of a link: somebody who is known, or new here. */
static FrPerson *
meet (FrPeople *self, const FrNetworkReport *report)
{
  gboolean is_ours = is_vouched_for (self, report);
  const char *server = is_ours ? self->server : report->server;
  FrPerson *person = fr_people_find_key (self, &report->key);
  FrPerson *unmet = is_ours ? find_unmet (self, report->address) : NULL;

  if (person == NULL)
    person = unmet;
  else if (unmet != NULL)
    merge (self, person, unmet);
  if (person == NULL)
    {
      g_autoptr (FrPersonRecord) record
          = fr_person_record_new (&report->key, report->name, server != NULL ? server : "", report->address);

      person = fr_people_append (self, record);
    }
  fr_person_met (person, &report->key, report->name, is_ours ? server : NULL, is_ours ? report->address : NULL);
  fr_person_set_way (person, report->way);
  return person;
}

/* Returns whether they were blocked while this was on its way; then whoever was dialled there is not who is wanted. */
static gboolean
is_blocked (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person = fr_people_find_key (self, &report->key);
  FrPerson *dialled = find_dialled (self, report->address);
  g_autoptr (GError) error = NULL;

  if (person == NULL || !fr_person_get_blocked (person))
    return FALSE;
  error = fr_node_error_new (FR_NODE_ERROR_BLOCKED, report->address);
  if (dialled != NULL && !fr_person_get_key (dialled, NULL))
    fr_person_set_state (dialled, FR_PERSON_FAILED, error);
  return TRUE;
}

static void
take_link_up (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person;

  if (is_blocked (self, report))
    return;
  if (is_vouched_for (self, report) && fr_people_take_place (self, &report->key, report->address))
    {
      fr_network_hang_up (self->network, &report->key); /* they came before the network knew whose place that is */
      return;
    }
  person = meet (self, report);
  fr_people_drop_other (self, person);
  fr_people_pin (self, person);
  fr_person_set_retry (person, 0, 0);
  fr_person_set_kept_out (person, 0);
  fr_person_set_accused (person, FALSE);
  fr_person_set_path (person, report->route, report->round_trip_us);
  fr_person_set_state (person, FR_PERSON_HERE, NULL);
  fr_people_save (self, person);
  fr_people_count (self);
  fr_people_tell_computers (self, person);
  fr_people_dial_next (self, report->address);
}

/* A link that is none yet: one of the two persons has still to decide. */
static void
take_link_waiting (FrPeople *self, const FrNetworkReport *report, FrPersonState state)
{
  FrPerson *person;

  if (is_blocked (self, report)
      || (is_vouched_for (self, report) && fr_people_take_place (self, &report->key, report->address)))
    return;
  person = meet (self, report);
  fr_person_set_retry (person, 0, 0);
  fr_person_set_state (person, state, NULL);
  fr_people_count (self);
  fr_people_save (self, person);
  fr_people_dial_next (self, report->address);
}

/* That the program here is to blame is worth knowing, and stays to be read: until they are here again they have no better
 * word than that they are busy. */
static void
set_accused (FrPerson *person)
{
  g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_ACCUSED, fr_person_get_name (person));

  fr_person_set_accused (person, TRUE);
  fr_person_set_state (person, FR_PERSON_AWAY, error);
}

static void
take_link_down (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person = fr_people_find_key (self, &report->key);

  if (person == NULL)
    return;
  if (g_error_matches (report->error, FR_NODE_ERROR, FR_NODE_ERROR_ACCUSED))
    set_accused (person);
  else
    fr_person_set_state (person, FR_PERSON_AWAY, NULL);
  if (report->kept_out_us > 0)
    fr_people_keep_out (self, person, report->kept_out_us);
  fr_people_count (self);
  fr_people_save (self, person);
  if (report->kept_out_us > 0)
    timer_cb (self);
  else if (fr_person_get_added (person))
    retry_later (self, person);
  else if (!fr_person_get_blocked (person) && fr_person_get_introducer (person) == NULL)
    fr_people_take_out (self, person);
}

/* Somebody who was dialled has another key; or somebody dialled who has no business there. */
static void
take_other_key (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *dialled = find_dialled (self, report->address);
  FrPeerKey key;

  if (dialled == NULL || !fr_person_get_key (dialled, &key) || fr_peer_key_equal (&key, &report->key))
    {
      fr_people_take_place (self, &report->key, report->address);
      return;
    }
  if (!fr_person_has_place (dialled)) /* that they are called so was the word of somebody else */
    {
      g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_NOT_THERE, fr_person_get_address (dialled));

      fr_person_set_state (dialled, FR_PERSON_AWAY, error);
      retry_later (self, dialled);
      fr_people_dial_next (self, report->address);
      return;
    }
  fr_people_take_other_key (self, dialled, &report->key);
  if (!fr_person_get_other_key (dialled, NULL))
    retry_later (self, dialled); /* nothing is asked, so they may be back later */
  fr_people_dial_next (self, report->address);
}

static gboolean
is_worth_another_try (const GError *error)
{
  static const FrNodeError codes[] = { FR_NODE_ERROR_NO_SERVER, FR_NODE_ERROR_NOT_THERE, FR_NODE_ERROR_NO_ANSWER,
                                       FR_NODE_ERROR_NO_ROUTE,  FR_NODE_ERROR_BUSY,      FR_NODE_ERROR_LEFT };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, FR_NODE_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static void
take_dial_failed (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person = find_dialled (self, report->address);
  FrPeerKey key;

  if (person == NULL)
    return;
  if (!fr_peer_key_is_zero (&report->key) && fr_person_get_key (person, &key)
      && !fr_peer_key_equal (&key, &report->key))
    {
      fr_people_dial_next (self, report->address); /* it was about somebody else of that name */
      return;
    }
  if (report->kept_out_us > 0)
    {
      fr_people_keep_out (self, person, report->kept_out_us);
      timer_cb (self);
    }
  else if (is_worth_another_try (report->error))
    {
      fr_person_set_state (person, FR_PERSON_AWAY, report->error);
      if (fr_person_get_accused (person) && g_error_matches (report->error, FR_NODE_ERROR, FR_NODE_ERROR_BUSY))
        set_accused (person);
      retry_later (self, person);
    }
  else
    fr_person_set_state (person, FR_PERSON_FAILED, report->error);
  fr_people_dial_next (self, report->address);
}

/* Everybody who was added and is not here. */
static void
dial_all (FrPeople *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_person_get_added (person) && fr_people_is_at_server (self, person))
        fr_people_dial (self, person);
    }
}

/* For FrNode: LINK_UP, LINK_ASKS, LINK_WAITS, LINK_CHANGED, LINK_DOWN, OTHER_KEY, INTRODUCED, DIAL_FOUND and DIAL_FAILED;
 * others are ignored. */
void
fr_people_take_report (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person;

  switch (report->type)
    {
    case FR_REPORT_LINK_UP:
      take_link_up (self, report);
      break;
    case FR_REPORT_LINK_ASKS:
      take_link_waiting (self, report, FR_PERSON_ASKS);
      break;
    case FR_REPORT_LINK_WAITS:
      take_link_waiting (self, report, FR_PERSON_WAITS);
      break;
    case FR_REPORT_LINK_DOWN:
      take_link_down (self, report);
      break;
    case FR_REPORT_LINK_CHANGED:
      person = fr_people_find_key (self, &report->key);
      if (person != NULL)
        fr_person_set_path (person, report->route, report->round_trip_us);
      break;
    case FR_REPORT_DIAL_FOUND:
      person = find_dialled (self, report->address);
      if (person != NULL)
        fr_person_set_state (person, FR_PERSON_CONNECTING, NULL);
      break;
    case FR_REPORT_OTHER_KEY:
      take_other_key (self, report);
      break;
    case FR_REPORT_DIAL_FAILED:
      take_dial_failed (self, report);
      break;
    case FR_REPORT_INTRODUCED:
      fr_people_take_introduction (self, report);
      break;
    case FR_REPORT_WOKEN:
      dial_all (self);
      break;
    default:
      break;
    }
}

/* For FrNode: where we are registered now; on coming online everybody who was added is dialled. */
void
fr_people_set_server (FrPeople *self, const char *server, const char *own_address, gboolean online)
{
  gboolean came_online = online && !self->online;

  g_free (self->server);
  self->server = g_strdup (server);
  g_free (self->own_address);
  self->own_address = g_strdup (own_address);
  self->online = online;
  if (came_online)
    dial_all (self);
}

/* For FrNode: there is no server now; those whose keys are known may be reached without. Whoever is looked for already,
 * or waits for their next time, is not disturbed. */
void
fr_people_do_without_server (FrPeople *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_person_get_added (person) && fr_people_is_at_server (self, person) && !fr_people_is_dialled (person)
          && fr_person_get_retry_at_us (person) == 0)
        fr_people_dial (self, person);
    }
}
