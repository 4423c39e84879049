/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-acquaintance.h"

#include <string.h>

#include "tests.h"

/* What one says to another of who somebody is: what is taken of it, and from whom. */

typedef struct
{
  FrIdentity *anna, *laptop, *boris;
  FrPeerKey anna_key, laptop_key, boris_key;
} People;

static void
set_up (People *people, gconstpointer data)
{
  people->anna = fr_identity_new ();
  people->laptop = fr_identity_new ();
  people->boris = fr_identity_new ();
  people->anna_key = *fr_identity_get_key (people->anna);
  people->laptop_key = *fr_identity_get_key (people->laptop);
  people->boris_key = *fr_identity_get_key (people->boris);
}

static void
tear_down (People *people, gconstpointer data)
{
  fr_identity_unref (people->anna);
  fr_identity_unref (people->laptop);
  fr_identity_unref (people->boris);
}

static Freshet__Frame *
parse (GBytes *bytes)
{
  Freshet__Frame *frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_INTRODUCE);
  return frame;
}

static FrAcquaintances *
with_laptop (People *people, FrAcquaintanceKind kind, gboolean agrees)
{
  FrAcquaintances *said = fr_acquaintances_new (kind);
  FrAcquaintance *laptop = fr_acquaintance_new (&people->laptop_key, "Anna", "ws://127.0.0.1:9000/", "laptop");

  if (agrees)
    fr_acquaintance_agree (people->laptop, &people->anna_key, laptop->agreement);
  g_ptr_array_add (said->subjects, laptop);
  return said;
}

/* Says it as Anna to Boris, and reads it as if it had come from `from` to `to`. */
static FrAcquaintancesVerdict
hear (People *people, const FrAcquaintances *said, const FrPeerKey *from, const FrPeerKey *to, FrAcquaintances **heard)
{
  g_autoptr (GBytes) bytes = fr_acquaintances_pack (said, people->anna, &people->boris_key);
  g_autoptr (Freshet__Frame) frame = parse (bytes);

  return fr_acquaintances_read (frame->introduce, from, to, heard);
}

static void
test_round_trip (People *people, gconstpointer data)
{
  for (FrAcquaintanceKind kind = FR_ACQUAINTANCE_PERSON; kind <= FR_ACQUAINTANCE_COMPUTERS; kind++)
    {
      g_autoptr (FrAcquaintances) said = with_laptop (people, kind, TRUE), heard = NULL;
      const FrAcquaintance *one;

      g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_READ);
      g_assert_cmpint (heard->kind, ==, kind);
      g_assert_cmpuint (heard->subjects->len, ==, 1);
      one = heard->subjects->pdata[0];
      g_assert_true (fr_peer_key_equal (&one->key, &people->laptop_key));
      g_assert_cmpstr (one->name, ==, "Anna");
      g_assert_cmpstr (one->server, ==, "ws://127.0.0.1:9000/");
      g_assert_cmpstr (one->address, ==, "laptop");
    }
}

/* The addressee may show to others what it was told; and nothing is said where nothing is agreed. */
static void
test_you (People *people, gconstpointer data)
{
  for (guint agrees = 0; agrees < 2; agrees++)
    {
      g_autoptr (FrAcquaintances) said = fr_acquaintances_new (FR_ACQUAINTANCE_YOU), heard = NULL;

      said->agrees = agrees;
      g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_READ);
      g_assert_cmpint (heard->agrees, ==, agrees);
      g_assert_cmpint (fr_acquaintance_agrees (&people->anna_key, &people->boris_key, heard->agreement), ==, agrees);
      g_assert_false (fr_acquaintance_agrees (&people->boris_key, &people->anna_key, heard->agreement));
      g_assert_false (fr_acquaintance_agrees (&people->anna_key, &people->laptop_key, heard->agreement));
    }
}

/* Of all that is not hers, or not for us, nothing is taken. */
static void
test_said_by_and_to_others (People *people, gconstpointer data)
{
  g_autoptr (FrAcquaintances) said = with_laptop (people, FR_ACQUAINTANCE_PERSON, FALSE), heard = NULL;

  g_assert_cmpint (hear (people, said, &people->laptop_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_FAULT);
  g_assert_cmpint (hear (people, said, &people->anna_key, &people->laptop_key, &heard), ==, FR_ACQUAINTANCES_FAULT);
  g_assert_cmpint (hear (people, said, &people->boris_key, &people->anna_key, &heard), ==, FR_ACQUAINTANCES_FAULT);
  g_assert_null (heard);
}

static void
test_forged (People *people, gconstpointer data)
{
  g_autoptr (FrAcquaintances) said = with_laptop (people, FR_ACQUAINTANCE_COMPUTERS, TRUE), heard = NULL;
  g_autoptr (GBytes) bytes = fr_acquaintances_pack (said, people->anna, &people->boris_key);
  g_autoptr (Freshet__Frame) frame = parse (bytes);
  Freshet__Introduce *introduce = frame->introduce;

  for (gsize i = 0; i < introduce->signed_.len; i++)
    {
      introduce->signed_.data[i] ^= 1;
      g_assert_cmpint (fr_acquaintances_read (introduce, &people->anna_key, &people->boris_key, &heard), ==,
                       FR_ACQUAINTANCES_FAULT);
      introduce->signed_.data[i] ^= 1;
    }
  for (gsize i = 0; i < introduce->signature.len; i++)
    {
      introduce->signature.data[i] ^= 1;
      g_assert_cmpint (fr_acquaintances_read (introduce, &people->anna_key, &people->boris_key, &heard), ==,
                       FR_ACQUAINTANCES_FAULT);
      introduce->signature.data[i] ^= 1;
    }
  fr_identity_sign (people->anna, FR_SIGN_HITS, introduce->signed_.data, introduce->signed_.len,
                    introduce->signature.data);
  g_assert_cmpint (fr_acquaintances_read (introduce, &people->anna_key, &people->boris_key, &heard), ==,
                   FR_ACQUAINTANCES_FAULT);
  g_assert_null (heard);
}

/* Nobody can claim a stranger's computer, nor one that agreed with somebody else. */
static void
test_not_agreed (People *people, gconstpointer data)
{
  g_autoptr (FrAcquaintances) said = with_laptop (people, FR_ACQUAINTANCE_COMPUTERS, FALSE), heard = NULL;
  FrAcquaintance *laptop = said->subjects->pdata[0];

  g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_FAULT);
  fr_acquaintance_agree (people->laptop, &people->boris_key, laptop->agreement);
  g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_FAULT);
  fr_acquaintance_agree (people->anna, &people->laptop_key, laptop->agreement); /* her own word, the other way round */
  g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_FAULT);
  fr_acquaintance_agree (people->laptop, &people->anna_key, laptop->agreement);
  g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_READ);
}

/* With another key of one's own, what they have said is no word about it; of people there is no such word. */
static void
test_dropped (People *people, gconstpointer data)
{
  g_autoptr (FrAcquaintances) computers = with_laptop (people, FR_ACQUAINTANCE_COMPUTERS, TRUE);
  g_autoptr (FrAcquaintances) person = with_laptop (people, FR_ACQUAINTANCE_PERSON, FALSE);

  fr_acquaintances_drop_others (computers, &people->anna_key);
  fr_acquaintances_drop_others (person, &people->anna_key);
  g_assert_cmpuint (computers->subjects->len, ==, 1);
  g_assert_cmpuint (person->subjects->len, ==, 1);
  fr_acquaintances_drop_others (computers, &people->boris_key);
  g_assert_cmpuint (computers->subjects->len, ==, 0);
}

/* One's own key, and that of nobody. */
static void
test_odd_keys (People *people, gconstpointer data)
{
  const FrPeerKey nobody = { { 0 } };
  const FrPeerKey *keys[] = { &people->anna_key, &nobody };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (FrAcquaintances) said = fr_acquaintances_new (FR_ACQUAINTANCE_PERSON), heard = NULL;

      g_ptr_array_add (said->subjects, fr_acquaintance_new (keys[i], "Anna", NULL, NULL));
      g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_FAULT);
    }
}

/* As many as a person may have, with all that may be said of each; what does not fit is left out. */
static void
test_most (People *people, gconstpointer data)
{
  g_autoptr (FrAcquaintances) said = fr_acquaintances_new (FR_ACQUAINTANCE_COMPUTERS), heard = NULL;
  g_autofree char *server = g_strnfill (FR_RECORD_SERVER_MAX_BYTES + 1, 's');

  for (guint i = 0; i < FR_INTRODUCE_MAX_SUBJECTS; i++)
    {
      g_autoptr (FrIdentity) identity = fr_identity_new ();
      FrAcquaintance *one = fr_acquaintance_new (fr_identity_get_key (identity), i == 0 ? "" : "Anna",
                                                 i == 1 ? server : server + 1, i == 2 ? "no/address" : "anna");

      fr_acquaintance_agree (identity, &people->anna_key, one->agreement);
      g_ptr_array_add (said->subjects, one);
    }
  g_assert_cmpint (hear (people, said, &people->anna_key, &people->boris_key, &heard), ==, FR_ACQUAINTANCES_READ);
  g_assert_cmpuint (heard->subjects->len, ==, FR_INTRODUCE_MAX_SUBJECTS);
  for (guint i = 0; i < FR_INTRODUCE_MAX_SUBJECTS; i++)
    g_assert_cmpstr (((FrAcquaintance *) heard->subjects->pdata[i])->address, ==, i == 1 || i == 2 ? "" : "anna");
}

/* What a later version says is no fault. */
static void
test_newer (People *people, gconstpointer data)
{
  Freshet__IntroduceBody body = FRESHET__INTRODUCE_BODY__INIT;
  Freshet__Introduce introduce = FRESHET__INTRODUCE__INIT;
  g_autoptr (GBytes) packed = NULL;
  guint8 signature[FR_SIGNATURE_SIZE];
  FrAcquaintances *heard = NULL;

  body.kind = 99;
  body.introducer = (ProtobufCBinaryData) { FR_PEER_KEY_SIZE, people->anna_key.bytes };
  body.addressee = (ProtobufCBinaryData) { FR_PEER_KEY_SIZE, people->boris_key.bytes };
  packed = fr_message_pack (&body.base);
  introduce.signed_.data = (guint8 *) g_bytes_get_data (packed, &introduce.signed_.len);
  introduce.signature = (ProtobufCBinaryData) { sizeof signature, signature };
  fr_identity_sign (people->anna, FR_SIGN_INTRODUCE, introduce.signed_.data, introduce.signed_.len, signature);
  g_assert_cmpint (fr_acquaintances_read (&introduce, &people->anna_key, &people->boris_key, &heard), ==,
                   FR_ACQUAINTANCES_NEWER);
  g_assert_null (heard);
}

#define ADD(name, function) g_test_add ("/node/acquaintance/" name, People, NULL, set_up, function, tear_down)

void
test_acquaintance_add (void)
{
  ADD ("round-trip", test_round_trip);
  ADD ("you", test_you);
  ADD ("said-by-and-to-others", test_said_by_and_to_others);
  ADD ("forged", test_forged);
  ADD ("not-agreed", test_not_agreed);
  ADD ("dropped", test_dropped);
  ADD ("odd-keys", test_odd_keys);
  ADD ("most", test_most);
  ADD ("newer", test_newer);
}
