/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-contact-tags.h"

#include <string.h>

#include "fr-digest.h"
#include "tests.h"

#define TODAY 20000

/* Identities of that many contacts. */
static GPtrArray *
make_people (guint n)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_identity_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, fr_identity_new ());
  return people;
}

static GPtrArray *
make_contacts (GPtrArray *people)
{
  GPtrArray *contacts = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (contacts, (gpointer) fr_identity_get_key (people->pdata[i]));
  return contacts;
}

/* How many there are in a query says little of how many contacts there are. */
static void
test_numbers (void)
{
  static const struct
  {
    guint n_contacts, n_tags;
    gboolean everywhere;
  } rows[] = {
    { 0, 0, FALSE },  { 1, 8, FALSE },  { 8, 8, FALSE },   { 9, 16, FALSE },
    { 33, 64, FALSE }, { 64, 64, FALSE }, { 65, 0, TRUE },
  };
  g_autoptr (FrIdentity) asker = fr_identity_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) people = make_people (rows[i].n_contacts), contacts = make_contacts (people);
      FrContactTags tags;

      fr_contact_tags_init (&tags, asker, contacts, TODAY);
      g_assert_cmpuint (tags.n, ==, rows[i].n_tags);
      g_assert_true (tags.everywhere == rows[i].everywhere);
      for (guint k = 0; k < tags.n; k++)
        g_assert_cmpuint (tags.tags[k].len, ==, FR_CONTACT_TAG_SIZE);
      for (guint k = 1; k < tags.n; k++)
        g_assert_cmpint (memcmp (tags.tags[k - 1].data, tags.tags[k].data, FR_CONTACT_TAG_SIZE), <=, 0);
    }
}

/* Whether a search of the asker is led to the holder, whose clock is so many days off. */
static gboolean
is_led (const FrIdentity *asker, const FrIdentity *holder, GBytes *readers, gint64 day)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new ();
  g_autoptr (FrNgramSet) content = fr_ngram_set_new ();
  g_autoptr (FrDigestPattern) pattern = NULL;
  g_autoptr (FrDigest) digest = NULL;
  FrContactTags tags;
  const guint32 *hashes;
  guint n;

  g_ptr_array_add (contacts, (gpointer) fr_identity_get_key (holder));
  fr_contact_tags_init (&tags, asker, contacts, TODAY);
  fr_contact_tags_add_readers (content, holder, readers, TODAY + day);
  hashes = fr_ngram_set_get_hashes (content, &n);
  digest = fr_digest_new (hashes, n);
  pattern = fr_digest_pattern_new_with_tags ("harbour", tags.values, tags.n);
  return fr_digest_may_match (digest, pattern);
}

static void
test_leads (void)
{
  g_autoptr (FrIdentity) asker = fr_identity_new (), holder = fr_identity_new (), other = fr_identity_new ();
  const FrPeerKey keys[] = { *fr_identity_get_key (asker), { { 0 } } }; /* what is no key is left out */
  g_autoptr (GBytes) readers = g_bytes_new (keys, sizeof keys);

  for (gint64 day = -2; day <= 2; day++)
    g_assert_true (is_led (asker, holder, readers, day) == (ABS (day) < 2));
  g_assert_false (is_led (other, holder, readers, 0));
  g_assert_false (is_led (asker, other, NULL, 0));
}

/* At the limit, and one past it: whoever asks is led there, whoever it is. */
static void
test_many_readers (void)
{
  g_autoptr (FrIdentity) asker = fr_identity_new (), holder = fr_identity_new ();
  g_autoptr (GPtrArray) people = make_people (FR_CONTACT_TAGS_MAX_READERS + 1);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));

  for (guint i = 0; i < people->len; i++)
    g_array_append_vals (keys, fr_identity_get_key (people->pdata[i]), 1);
  for (guint n = FR_CONTACT_TAGS_MAX_READERS; n <= FR_CONTACT_TAGS_MAX_READERS + 1; n++)
    {
      g_autoptr (GBytes) readers = g_bytes_new (keys->data, n * sizeof (FrPeerKey));

      g_assert_true (is_led (people->pdata[0], holder, readers, 0));
      g_assert_true (is_led (asker, holder, readers, 0) == (n > FR_CONTACT_TAGS_MAX_READERS));
    }
}

void
test_contact_tags_add (void)
{
  g_test_add_func ("/node/contact-tags/many-readers", test_many_readers);
  g_test_add_func ("/node/contact-tags/numbers", test_numbers);
  g_test_add_func ("/node/contact-tags/leads", test_leads);
}
