/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-core-private.h"

#include "fr-clock.h"
#include "fr-token-bucket.h"

/* What contacts say of who somebody is: heard here, and judged in the main thread. What strangers say of it is not looked
 * at before they are contacts. */

/* Of one link. */
typedef struct
{
  FrTokenBucket bucket;
  GQueue unread; /* of GBytes: what a stranger has said last, as Introduce */
} Hearing;

static void
hearing_free (gpointer data)
{
  Hearing *hearing = data;

  g_queue_clear_full (&hearing->unread, (GDestroyNotify) g_bytes_unref);
  g_free (hearing);
}

static void
keep_unread (Hearing *hearing, const Freshet__Introduce *message)
{
  g_queue_push_tail (&hearing->unread, fr_message_pack (&message->base));
  if (hearing->unread.length > FR_ACQUAINTANCES_MAX_UNREAD)
    g_bytes_unref (g_queue_pop_head (&hearing->unread));
}

static void
take (FrNetworkCore *self, FrLink *link, const Freshet__Introduce *message)
{
  g_autoptr (FrAcquaintances) acquaintances = NULL;
  FrNetworkReport *report;

  switch (fr_acquaintances_read (message, fr_link_get_key (link), fr_identity_get_key (self->identity), &acquaintances))
    {
    case FR_ACQUAINTANCES_READ:
      break;
    case FR_ACQUAINTANCES_FAULT:
      fr_link_close (link, FRESHET__BYE__REASON__REASON_FAULT);
      return;
    case FR_ACQUAINTANCES_NEWER:
    default:
      return;
    }
  report = fr_network_report_new (FR_REPORT_INTRODUCED);
  report->key = *fr_link_get_key (link);
  report->acquaintances = g_steal_pointer (&acquaintances);
  fr_network_core_tell (self, report);
}

static void
introduced_cb (FrLink *link, const Freshet__Introduce *message, gpointer data)
{
  FrNetworkCore *self = data;
  Hearing *hearing = g_object_get_data (G_OBJECT (link), "freshet-acquaintances");

  if (!fr_token_bucket_take (&hearing->bucket, 1, fr_clock_now_us ()))
    fr_link_note_fault (link);
  else if (fr_admission_is_contact (self->admission, fr_link_get_key (link)))
    take (self, link, message);
  else
    keep_unread (hearing, message);
}

/* Of whoever is a contact from now on: what they have said on this link before, as we packed it again. */
void
fr_network_core_hear_unread (FrNetworkCore *self, FrLink *link)
{
  Hearing *hearing = g_object_get_data (G_OBJECT (link), "freshet-acquaintances");

  while (hearing != NULL && hearing->unread.length > 0 && fr_link_get_state (link) == FR_LINK_READY)
    {
      g_autoptr (GBytes) packed = g_queue_pop_head (&hearing->unread);
      gsize size;
      const guint8 *data = g_bytes_get_data (packed, &size);
      Freshet__Introduce *message = freshet__introduce__unpack (NULL, size, data);

      take (self, link, message);
      freshet__introduce__free_unpacked (message, NULL);
    }
}

/* From now on it is heard what somebody says of others. */
void
fr_network_core_hear (FrNetworkCore *self, FrLink *link)
{
  Hearing *hearing;

  if (g_object_get_data (G_OBJECT (link), "freshet-acquaintances") != NULL)
    return;
  hearing = g_new0 (Hearing, 1);
  fr_token_bucket_init (&hearing->bucket, FR_ACQUAINTANCES_RATE, FR_ACQUAINTANCES_BURST, fr_clock_now_us ());
  g_object_set_data_full (G_OBJECT (link), "freshet-acquaintances", hearing, hearing_free);
  g_signal_connect_object (link, "introduced", G_CALLBACK (introduced_cb), self, 0);
}

/**
 * fr_network_core_introduce:
 * @self: a core
 * @to: a contact
 * @acquaintances: what we say; what is not true any more is taken out
 *
 * Tells one contact who somebody is, if there is a link to them now.
 */
void
fr_network_core_introduce (FrNetworkCore *self, const FrPeerKey *to, FrAcquaintances *acquaintances)
{
  FrLink *link = fr_switchboard_find_link (self->switchboard, to, FRESHET__PURPOSE__PURPOSE_LINK);
  g_autoptr (GBytes) frame = NULL;

  if (link == NULL || !fr_link_is_usable (link))
    return;
  fr_acquaintances_drop_others (acquaintances, fr_identity_get_key (self->identity));
  frame = fr_acquaintances_pack (acquaintances, self->identity, to);
  fr_link_send (link, frame);
}
