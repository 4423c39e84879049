/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-admission.h"

#include <string.h>

#include "fr-aged-table.h"

struct _FrAdmission
{
  FrAdmissionRule rule;
  GHashTable *contacts; /* FrPeerKey -> where they were met, as place_new(), or ""; owned */
  GHashTable *blocked;  /* a set of FrPeerKey, owned */
  GHashTable *expected; /* a set of addresses at our server, owned: added by the person, whose keys are not known yet */
  FrAgedTable *answered;
  FrAgedTable *turned_away;
};

static const char *const names[] = {
  [FR_ADMIT_ASK] = "ask",
  [FR_ADMIT_ANYONE] = "anyone",
  [FR_ADMIT_CONTACTS] = "contacts",
};

/* All of the key goes in: a peer chooses its own, and could make one that begins like another's. */
static FrQueryId
name_of_key (const FrPeerKey *key)
{
  FrQueryId id;

  fr_query_id_from_signed (&id, key->bytes, sizeof key->bytes);
  return id;
}

static void
remember (FrAgedTable *table, const FrPeerKey *key, gint64 now_us)
{
  FrQueryId id = name_of_key (key);
  FrAgedEntry *entry = fr_aged_table_lookup (table, &id, now_us);

  if (entry == NULL)
    fr_aged_table_insert (table, &id, now_us);
  else
    fr_aged_table_renew (table, entry, now_us);
}

static gboolean
remembers (FrAgedTable *table, const FrPeerKey *key, gint64 now_us)
{
  FrQueryId id = name_of_key (key);

  return fr_aged_table_lookup (table, &id, now_us) != NULL;
}

static GHashTable *
key_set_new (void)
{
  return g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
}

static void
set_member (GHashTable *set, const FrPeerKey *key, gboolean member)
{
  if (member)
    g_hash_table_add (set, g_memdup2 (key, sizeof *key));
  else
    g_hash_table_remove (set, key);
}

/* A server's address has no blanks. */
static char *
place_new (const char *server, const char *address)
{
  return g_strconcat (server, " ", address, NULL);
}

/**
 * fr_admission_new:
 *
 * Returns: (transfer full): an admission that lets anyone in
 */
FrAdmission *
fr_admission_new (void)
{
  FrAdmission *self = g_new0 (FrAdmission, 1);

  self->rule = FR_ADMIT_ANYONE;
  self->contacts = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, g_free);
  self->blocked = key_set_new ();
  self->expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->answered = fr_aged_table_new (sizeof (FrAgedEntry), FR_ADMISSION_MAX_ANSWERED, FR_ADMISSION_ANSWERED_US);
  self->turned_away
      = fr_aged_table_new (sizeof (FrAgedEntry), FR_ADMISSION_MAX_TURNED_AWAY, FR_ADMISSION_TURNED_AWAY_US);
  return self;
}

/**
 * fr_admission_free:
 * @self: (nullable) (transfer full): an admission
 */
void
fr_admission_free (FrAdmission *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->contacts);
  g_hash_table_unref (self->blocked);
  g_hash_table_unref (self->expected);
  fr_aged_table_free (self->answered);
  fr_aged_table_free (self->turned_away);
  g_free (self);
}

/**
 * fr_admission_rule_from_string:
 * @text: (nullable): `ask`, `anyone` or `contacts`
 * @out_rule: (out): which that is; untouched if it is none
 *
 * Returns: whether it is one of these
 */
gboolean
fr_admission_rule_from_string (const char *text, FrAdmissionRule *out_rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *out_rule = (FrAdmissionRule) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * fr_admission_rule_to_string:
 * @rule: a choice
 *
 * Returns: what fr_admission_rule_from_string() reads
 */
const char *
fr_admission_rule_to_string (FrAdmissionRule rule)
{
  g_return_val_if_fail ((guint) rule < G_N_ELEMENTS (names), NULL);

  return names[rule];
}

void
fr_admission_set_rule (FrAdmission *self, FrAdmissionRule rule)
{
  self->rule = rule;
}

/**
 * fr_admission_set_contact:
 * @self: an admission
 * @key: somebody
 * @contact: whether the person has added or accepted them
 *
 * Says whom the person knows.
 */
void
fr_admission_set_contact (FrAdmission *self, const FrPeerKey *key, gboolean contact)
{
  if (!contact)
    g_hash_table_remove (self->contacts, key);
  else if (!g_hash_table_contains (self->contacts, key))
    g_hash_table_insert (self->contacts, g_memdup2 (key, sizeof *key), g_strdup (""));
}

/**
 * fr_admission_is_contact:
 * @self: an admission
 * @key: somebody; proved
 *
 * Returns: whether the person has added or accepted them, and not blocked them
 */
gboolean
fr_admission_is_contact (const FrAdmission *self, const FrPeerKey *key)
{
  return g_hash_table_contains (self->contacts, key) && !fr_admission_is_blocked (self, key);
}

/**
 * fr_admission_set_place:
 * @self: an admission
 * @key: somebody whom the person knows; nothing happens for others
 * @server: (nullable): the server where they were met last
 * @address: (nullable): what they were called there
 *
 * Says where a contact was met: whoever is there with another key may not be who they seem.
 */
void
fr_admission_set_place (FrAdmission *self, const FrPeerKey *key, const char *server, const char *address)
{
  gboolean is_known = server != NULL && *server != '\0' && address != NULL && *address != '\0';

  if (g_hash_table_contains (self->contacts, key))
    g_hash_table_insert (self->contacts, g_memdup2 (key, sizeof *key),
                         is_known ? place_new (server, address) : g_strdup (""));
}

/**
 * fr_admission_is_changed:
 * @self: an admission
 * @key: somebody; proved
 * @server: (nullable): a server that vouches for where they are
 * @address: (nullable): where that is
 *
 * Returns: whether they are no contact, and where a contact was met
 */
gboolean
fr_admission_is_changed (const FrAdmission *self, const FrPeerKey *key, const char *server, const char *address)
{
  g_autofree char *place = NULL;
  GHashTableIter iter;
  gpointer value;

  if (server == NULL || address == NULL || g_hash_table_contains (self->contacts, key))
    return FALSE;
  place = place_new (server, address);
  g_hash_table_iter_init (&iter, self->contacts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (value, place))
      return TRUE;
  return FALSE;
}

/**
 * fr_admission_set_blocked:
 * @self: an admission
 * @key: somebody
 * @blocked: whether the person wants nothing of them
 *
 * Says whom the person has blocked; that goes before all else.
 */
void
fr_admission_set_blocked (FrAdmission *self, const FrPeerKey *key, gboolean blocked)
{
  set_member (self->blocked, key, blocked);
}

gboolean
fr_admission_is_blocked (const FrAdmission *self, const FrPeerKey *key)
{
  return g_hash_table_contains (self->blocked, key);
}

/**
 * fr_admission_expect:
 * @self: an admission
 * @address: an address at our server
 * @expected: whether the person has added it and does not know its key yet
 *
 * Whoever comes from an address that the person has added is as welcome as if we had reached them there first.
 */
void
fr_admission_expect (FrAdmission *self, const char *address, gboolean expected)
{
  if (!expected)
    g_hash_table_remove (self->expected, address);
  else if (g_hash_table_size (self->expected) < FR_ADMISSION_MAX_EXPECTED)
    g_hash_table_add (self->expected, g_strdup (address));
}

/**
 * fr_admission_expect_nobody:
 * @self: an admission
 *
 * Forgets all that fr_admission_expect() has said: at another server other people have these addresses.
 */
void
fr_admission_expect_nobody (FrAdmission *self)
{
  g_hash_table_remove_all (self->expected);
}

/**
 * fr_admission_answered:
 * @self: an admission
 * @key: who asked
 * @now_us: the time in microseconds
 *
 * Notes that somebody's search has been answered: they may come for a picture.
 */
void
fr_admission_answered (FrAdmission *self, const FrPeerKey *key, gint64 now_us)
{
  remember (self->answered, key, now_us);
}

/**
 * fr_admission_judge_link:
 * @self: an admission
 * @key: who offers a link; proved
 * @address: (nullable): where our server says that they are; %NULL if it does not
 * @n_waiting: how many strangers wait for the person already
 * @now_us: the time in microseconds
 *
 * Returns: whether they may come in
 */
FrAdmissionVerdict
fr_admission_judge_link (FrAdmission *self, const FrPeerKey *key, const char *address, guint n_waiting, gint64 now_us)
{
  if (fr_admission_is_blocked (self, key))
    return FR_ADMISSION_NO;
  if (self->rule == FR_ADMIT_ANYONE || g_hash_table_contains (self->contacts, key))
    return FR_ADMISSION_YES;
  /* whom the person has said no to is not whom they hope to find there */
  if (remembers (self->turned_away, key, now_us))
    return FR_ADMISSION_NO;
  if (address != NULL && g_hash_table_contains (self->expected, address))
    return FR_ADMISSION_YES;
  if (self->rule == FR_ADMIT_CONTACTS)
    return FR_ADMISSION_NO;
  return n_waiting < FR_ADMISSION_MAX_WAITING ? FR_ADMISSION_ASK : FR_ADMISSION_LATER;
}

/**
 * fr_admission_judge_changed:
 * @self: an admission
 * @key: who offers a link, and fr_admission_is_changed() about them
 * @n_waiting: how many strangers wait for the person already
 * @now_us: the time in microseconds
 *
 * Whatever the person has chosen about strangers, nobody takes the place of a contact before the person has said so.
 *
 * Returns: %FR_ADMISSION_ASK, %FR_ADMISSION_NO or %FR_ADMISSION_LATER
 */
FrAdmissionVerdict
fr_admission_judge_changed (FrAdmission *self, const FrPeerKey *key, guint n_waiting, gint64 now_us)
{
  if (fr_admission_is_blocked (self, key) || remembers (self->turned_away, key, now_us))
    return FR_ADMISSION_NO;
  return n_waiting < FR_ADMISSION_MAX_WAITING ? FR_ADMISSION_ASK : FR_ADMISSION_LATER;
}

/**
 * fr_admission_judge_transfer:
 * @self: an admission
 * @key: who offers a session for pictures only; proved
 * @now_us: the time in microseconds
 *
 * Nobody is asked about these: whoever was told a short time ago that we have a picture may fetch it.
 *
 * Returns: %FR_ADMISSION_YES or %FR_ADMISSION_NO
 */
FrAdmissionVerdict
fr_admission_judge_transfer (FrAdmission *self, const FrPeerKey *key, gint64 now_us)
{
  if (fr_admission_is_blocked (self, key))
    return FR_ADMISSION_NO;
  return self->rule == FR_ADMIT_ANYONE || g_hash_table_contains (self->contacts, key)
                 || remembers (self->answered, key, now_us)
             ? FR_ADMISSION_YES
             : FR_ADMISSION_NO;
}

/**
 * fr_admission_has_waited:
 * @since_us: when a stranger began to wait for the person
 * @now_us: the time in microseconds
 *
 * Returns: whether that is so long ago that they have to come again
 */
gboolean
fr_admission_has_waited (gint64 since_us, gint64 now_us)
{
  return now_us - since_us > FR_ADMISSION_WAIT_US;
}

/**
 * fr_admission_turn_away:
 * @self: an admission
 * @key: whom the person does not want to let in
 * @now_us: the time in microseconds
 *
 * The person is not asked about them again for a day.
 */
void
fr_admission_turn_away (FrAdmission *self, const FrPeerKey *key, gint64 now_us)
{
  remember (self->turned_away, key, now_us);
}
