/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-admission.h"
#include "fuzz-input.h"

/* Whom we let in, compared with the same rules written once more, slowly. */

#define N_KEYS 8
#define LONG_AGO (G_MININT64 / 4)

const gsize fuzz_max_size = 1024;

static const char *const addresses[] = { "anna", "bob", "carol" };

typedef struct
{
  gboolean contact, blocked;
  gint64 answered_us, turned_away_us;
} Person;

typedef struct
{
  FrAdmission *admission;
  FrAdmissionRule rule;
  Person people[N_KEYS];
  gboolean expected[G_N_ELEMENTS (addresses)];
  gint64 now_us;
} Door;

static FrPeerKey
key_of (guint number)
{
  FrPeerKey key = { { 1 } };

  memcpy (key.bytes + 1, &number, sizeof number);
  return key;
}

static FrAdmissionVerdict
expect_link (const Door *self, const Person *person, gboolean known_address, guint n_waiting)
{
  if (person->blocked)
    return FR_ADMISSION_NO;
  if (self->rule == FR_ADMIT_ANYONE || person->contact)
    return FR_ADMISSION_YES;
  if (self->now_us - person->turned_away_us < FR_ADMISSION_TURNED_AWAY_US)
    return FR_ADMISSION_NO;
  if (known_address)
    return FR_ADMISSION_YES;
  if (self->rule == FR_ADMIT_CONTACTS)
    return FR_ADMISSION_NO;
  return n_waiting < FR_ADMISSION_MAX_WAITING ? FR_ADMISSION_ASK : FR_ADMISSION_LATER;
}

static FrAdmissionVerdict
expect_transfer (const Door *self, const Person *person)
{
  gboolean good = self->rule == FR_ADMIT_ANYONE || person->contact
                  || self->now_us - person->answered_us < FR_ADMISSION_ANSWERED_US;

  return good && !person->blocked ? FR_ADMISSION_YES : FR_ADMISSION_NO;
}

static void
judge (Door *self, FuzzInput *input)
{
  guint who = fuzz_take_below (input, N_KEYS), where = fuzz_take_below (input, G_N_ELEMENTS (addresses) + 1);
  guint n_waiting = fuzz_take_below (input, FR_ADMISSION_MAX_WAITING + 2);
  gboolean has_address = where < G_N_ELEMENTS (addresses);
  FrPeerKey key = key_of (who);

  g_assert_cmpint (fr_admission_judge_link (self->admission, &key, has_address ? addresses[where] : NULL, n_waiting,
                                            self->now_us),
                   ==, expect_link (self, &self->people[who], has_address && self->expected[where], n_waiting));
  g_assert_cmpint (fr_admission_judge_transfer (self->admission, &key, self->now_us), ==,
                   expect_transfer (self, &self->people[who]));
  g_assert_true (fr_admission_is_blocked (self->admission, &key) == self->people[who].blocked);
}

/* So many strangers search that those before them are forgotten. */
static void
answer_crowd (Door *self)
{
  for (guint i = 0; i < FR_ADMISSION_MAX_ANSWERED; i++)
    {
      FrPeerKey key = key_of (N_KEYS + i);

      fr_admission_answered (self->admission, &key, self->now_us);
    }
  for (guint i = 0; i < N_KEYS; i++)
    self->people[i].answered_us = LONG_AGO;
}

static void
step (Door *self, FuzzInput *input)
{
  guint who = fuzz_take_below (input, N_KEYS), where = who % G_N_ELEMENTS (addresses);
  gboolean yes = fuzz_take_below (input, 2) == 0;
  Person *person = &self->people[who];
  FrPeerKey key = key_of (who);

  switch (fuzz_take_below (input, 9))
    {
    case 0:
      self->rule = (FrAdmissionRule) (who % (FR_ADMIT_CONTACTS + 1));
      fr_admission_set_rule (self->admission, self->rule);
      break;
    case 1:
      fr_admission_set_contact (self->admission, &key, person->contact = yes);
      break;
    case 2:
      fr_admission_set_blocked (self->admission, &key, person->blocked = yes);
      break;
    case 3:
      fr_admission_expect (self->admission, addresses[where], self->expected[where] = yes);
      break;
    case 4:
      fr_admission_answered (self->admission, &key, person->answered_us = self->now_us);
      break;
    case 5:
      fr_admission_turn_away (self->admission, &key, self->now_us);
      person->turned_away_us = self->now_us;
      break;
    case 6:
      self->now_us += (gint64) fuzz_take_below (input, 256) * (yes ? 10 : 600) * G_USEC_PER_SEC;
      break;
    case 7:
      if (who == 0)
        answer_crowd (self);
      break;
    default:
      break;
    }
  judge (self, input);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  Door self = { .rule = FR_ADMIT_ANYONE, .now_us = 1 };

  self.admission = fr_admission_new ();
  for (guint i = 0; i < N_KEYS; i++)
    self.people[i].answered_us = self.people[i].turned_away_us = LONG_AGO;
  while (input.left > 0)
    step (&self, &input);
  fr_admission_free (self.admission);
  return 0;
}
