/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-core-private.h"

#include "fr-clock.h"
#include "fr-node-error.h"

/* Who comes in: sessions that others offer are judged before anything is made for them, and strangers wait, held, for
 * what the person says. */

/* Whoever was expected there has come, if our server says that it is them who is there. */
void
fr_network_core_stop_expecting (FrNetworkCore *self, FrLink *link)
{
  const char *server = fr_link_get_server (link);

  if (fr_link_get_way (link) == FR_WAY_SERVER
      && (server == NULL || g_strcmp0 (server, fr_registration_get_server (self->registration)) == 0))
    fr_admission_expect (self->admission, fr_link_get_address (link), FALSE);
}

/* Whether a server says that they are where a contact of ours was, and they are somebody else. */
static gboolean
is_changed (FrNetworkCore *self, FrLink *link)
{
  const char *server = fr_link_get_server (link);

  if (fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_LINK || fr_link_get_way (link) != FR_WAY_SERVER)
    return FALSE;
  if (server == NULL)
    server = fr_registration_get_server (self->registration);
  return fr_admission_is_changed (self->admission, fr_link_get_key (link), server, fr_link_get_address (link));
}

static FrAdmissionVerdict
judge_cb (const FrPeerKey *key, const char *address, FrDialPurpose purpose, guint n_held, gpointer data)
{
  FrNetworkCore *self = data;
  FrAdmissionVerdict verdict;
  gint64 now_us = fr_clock_now_us ();

  if (!fr_admission_is_blocked (self->admission, key) && fr_penalties_get_left_us (self->penalties, key, now_us) > 0)
    return FR_ADMISSION_LATER;
  if (purpose == FR_DIAL_PURPOSE_TRANSFER)
    return fr_admission_judge_transfer (self->admission, key, now_us);
  if (fr_admission_is_changed (self->admission, key, fr_registration_get_server (self->registration), address))
    return fr_admission_judge_changed (self->admission, key, n_held, now_us);
  verdict = fr_admission_judge_link (self->admission, key, address, n_held, now_us);
  if (!self->open)
    return verdict;
  /* links are made by themselves: nobody could be asked about each */
  if (fr_admission_is_blocked (self->admission, key))
    return FR_ADMISSION_NO;
  return fr_mesh_wants_link (self->mesh, key) ? FR_ADMISSION_YES : FR_ADMISSION_LATER;
}

/* Somebody answered where we had dialled a contact. */
static void
other_key_cb (FrSwitchboard *switchboard, const char *address, const FrPeerKey *key, gpointer data)
{
  FrNetworkReport *report = fr_network_report_new (FR_REPORT_OTHER_KEY);

  report->address = g_strdup (address);
  report->key = *key;
  fr_network_core_tell (data, report);
}

static gboolean
may_dial_cb (const FrPeerKey *key, guint *out_code, gpointer data)
{
  FrNetworkCore *self = data;

  if (fr_admission_is_blocked (self->admission, key))
    *out_code = FR_NODE_ERROR_BLOCKED;
  else if (fr_network_core_get_penalty_us (self, key) > 0)
    *out_code = FR_NODE_ERROR_KEPT_OUT;
  else
    return TRUE;
  return FALSE;
}

static void
blamed_cb (FrSwitchboard *switchboard, const FrPeerKey *key, gpointer data)
{
  fr_penalties_add (((FrNetworkCore *) data)->penalties, key, fr_clock_now_us ());
}

/* For reports about somebody: how long they are kept out yet. */
gint64
fr_network_core_get_penalty_us (FrNetworkCore *self, const FrPeerKey *key)
{
  return fr_penalties_get_left_us (self->penalties, key, fr_clock_now_us ());
}

/* What was judged when a session was offered is judged again when it stands, as the person may have spoken since then.
 * Whom we have dialled is wanted. */
static gboolean
is_still_welcome (FrNetworkCore *self, FrLink *link)
{
  const FrPeerKey *key = fr_link_get_key (link);
  const char *address = fr_link_get_way (link) == FR_WAY_SERVER ? fr_link_get_address (link) : NULL;
  gboolean held = fr_link_is_held (link), changed = is_changed (self, link);
  gint64 now_us = fr_clock_now_us ();
  FrAdmissionVerdict verdict;

  if (fr_link_is_dialler (link) || (changed && !held)) /* the person is told of the latter */
    return TRUE;
  if (fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_LINK)
    return fr_admission_judge_transfer (self->admission, key, now_us) == FR_ADMISSION_YES;
  if (self->open && !held)
    return TRUE;
  verdict = changed ? fr_admission_judge_changed (self->admission, key, 0, now_us)
                    : fr_admission_judge_link (self->admission, key, address, 0, now_us);
  return verdict == FR_ADMISSION_YES || (held && verdict == FR_ADMISSION_ASK);
}

/* For whoever waits for the dial that this link came of. */
static void
tell_sent_away (FrNetworkCore *self, FrLink *link, FrNodeError code)
{
  FrNetworkReport *report;

  if (!fr_link_is_dialler (link) || fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_LINK)
    return;
  fr_mesh_dial_failed (self->mesh, fr_link_get_key (link), FALSE);
  report = fr_network_report_new (FR_REPORT_DIAL_FAILED);
  report->address = g_strdup (fr_link_get_address (link));
  report->key = *fr_link_get_key (link);
  report->kept_out_us = fr_network_core_get_penalty_us (self, fr_link_get_key (link));
  report->error = fr_node_error_new (code, fr_link_get_address (link));
  fr_network_core_tell (self, report);
}

/* Who was dialled by an address alone may turn out to be somebody who is blocked or kept out; and who was let in before
 * they broke something in another session, or before the person said no, has to go too. */
gboolean
fr_network_core_send_away (FrNetworkCore *self, FrLink *link)
{
  gboolean blocked = fr_admission_is_blocked (self->admission, fr_link_get_key (link));

  if (!blocked && fr_network_core_get_penalty_us (self, fr_link_get_key (link)) > 0)
    {
      fr_link_close (link, FRESHET__BYE__REASON__REASON_FULL);
      tell_sent_away (self, link, FR_NODE_ERROR_KEPT_OUT);
      return TRUE;
    }
  if (!blocked && is_still_welcome (self, link))
    return FALSE;
  fr_link_close (link, FRESHET__BYE__REASON__REASON_REFUSED);
  tell_sent_away (self, link, FR_NODE_ERROR_BLOCKED);
  return TRUE;
}

/* For the beginning. */
void
fr_network_core_start_admission (FrNetworkCore *self)
{
  self->admission = fr_admission_new ();
  self->penalties = fr_penalties_new ();
  fr_switchboard_set_policy (self->switchboard, judge_cb, may_dial_cb, self);
  g_signal_connect_object (self->switchboard, "other-key", G_CALLBACK (other_key_cb), self, 0);
  g_signal_connect_object (self->switchboard, "blamed", G_CALLBACK (blamed_cb), self, 0);
  fr_answerer_set_admission (self->answerer, self->admission);
}

static void
accepted_cb (FrLink *link, gpointer data)
{
  if (!fr_network_core_send_away (data, link))
    fr_network_core_begin_link (data, link);
}

/* Closes a link that would take the place of a contact, and tells the main thread who that is. */
static void
refuse_changed (FrNetworkCore *self, FrLink *link)
{
  fr_network_core_tell_link (self, FR_REPORT_OTHER_KEY, link);
  fr_link_close (link, FRESHET__BYE__REASON__REASON_REFUSED);
  fr_mesh_dial_failed (self->mesh, fr_link_get_key (link), FALSE);
}

/* Whether it is no link, or not yet, as one of the two persons has still to decide; the main thread has been told. */
gboolean
fr_network_core_keep_waiting (FrNetworkCore *self, FrLink *link)
{
  if (fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_LINK)
    return FALSE;
  if (fr_link_is_held (link))
    fr_network_core_tell_link (self, FR_REPORT_LINK_ASKS, link);
  else if (is_changed (self, link))
    refuse_changed (self, link);
  else if (fr_link_is_usable (link))
    return FALSE;
  else
    {
      g_signal_connect_object (link, "accepted", G_CALLBACK (accepted_cb), self, 0);
      fr_network_core_tell_link (self, FR_REPORT_LINK_WAITS, link);
    }
  return TRUE;
}

static FrLink *
find_held (FrNetworkCore *self, const FrPeerKey *key)
{
  FrLink *link = fr_switchboard_find_link (self->switchboard, key, FRESHET__PURPOSE__PURPOSE_LINK);

  return link != NULL && fr_link_is_held (link) ? link : NULL;
}

static void
accept (FrNetworkCore *self, FrLink *link)
{
  fr_link_accept (link);
  fr_network_core_begin_link (self, link);
}

/* Those whom nobody has decided about in time: they may come again. */
void
fr_network_core_end_waits (FrNetworkCore *self)
{
  GPtrArray *links = fr_switchboard_get_links (self->switchboard);
  gint64 now_us = fr_clock_now_us ();

  for (guint i = 0; i < links->len; i++)
    {
      FrLink *link = g_ptr_array_index (links, i);

      if (fr_link_is_held (link) && fr_admission_has_waited (fr_link_get_used_us (link), now_us))
        fr_link_close (link, FRESHET__BYE__REASON__REASON_IDLE);
    }
}

/**
 * fr_network_core_set_admission_rule:
 * @self: a core
 * @rule: who may come in
 *
 * Strangers who wait already are not let in by this.
 */
void
fr_network_core_set_admission_rule (FrNetworkCore *self, FrAdmissionRule rule)
{
  fr_admission_set_rule (self->admission, rule);
}

/**
 * fr_network_core_set_contact:
 * @self: a core
 * @key: somebody
 * @contact: whether the person knows them
 *
 * Tells who may always come in. Whoever waits already is let in; FR_REPORT_LINK_UP follows. Of whoever is linked already it
 * is heard now what they have said of others.
 */
void
fr_network_core_set_contact (FrNetworkCore *self, const FrPeerKey *key, gboolean contact)
{
  g_autoptr (FrLink) link = NULL;

  if (contact)
    g_set_object (&link, fr_switchboard_find_link (self->switchboard, key, FRESHET__PURPOSE__PURPOSE_LINK));
  fr_admission_set_contact (self->admission, key, contact);
  if (link == NULL)
    return;
  if (fr_link_is_held (link))
    accept (self, link);
  fr_network_core_hear_unread (self, link);
}

/**
 * fr_network_core_set_place:
 * @self: a core
 * @key: somebody whom the person knows
 * @server: (nullable): where they were met last
 * @address: (nullable): what they were called there
 *
 * Tells whose place nobody else may take silently.
 */
void
fr_network_core_set_place (FrNetworkCore *self, const FrPeerKey *key, const char *server, const char *address)
{
  fr_admission_set_place (self->admission, key, server, address);
}

/**
 * fr_network_core_turn_away:
 * @self: a core
 * @key: somebody who waits
 *
 * Says no to a stranger, whatever else they have begun: the person is not asked about them again for a day.
 */
void
fr_network_core_turn_away (FrNetworkCore *self, const FrPeerKey *key)
{
  FrLink *link = find_held (self, key);

  fr_admission_turn_away (self->admission, key, fr_clock_now_us ());
  if (link != NULL)
    fr_link_close (link, FRESHET__BYE__REASON__REASON_REFUSED);
  fr_switchboard_refuse (self->switchboard, key, FR_NODE_ERROR_CANCELLED);
}

/**
 * fr_network_core_set_blocked:
 * @self: a core
 * @key: somebody
 * @blocked: whether the person wants nothing of them
 *
 * Blocks somebody: all sessions with them end, none is made any more, neither do they get answers nor are theirs shown,
 * and nothing is passed on for them.
 */
void
fr_network_core_set_blocked (FrNetworkCore *self, const FrPeerKey *key, gboolean blocked)
{
  GPtrArray *links = fr_switchboard_get_links (self->switchboard);

  fr_admission_set_blocked (self->admission, key, blocked);
  fr_mesh_set_blocked (self->mesh, key, blocked);
  for (guint i = 0; blocked && i < links->len; i++)
    if (fr_peer_key_equal (fr_link_get_key (g_ptr_array_index (links, i)), key))
      fr_link_close (g_ptr_array_index (links, i), FRESHET__BYE__REASON__REASON_REFUSED);
  if (blocked)
    fr_switchboard_refuse (self->switchboard, key, FR_NODE_ERROR_BLOCKED);
}
