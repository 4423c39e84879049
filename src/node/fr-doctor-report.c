/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-private.h"

#include "fr-rendezvous-error.h"

/* What is given to others who are to help: it is not translated, so that they can read it, and has words of this file
 * alone, and numbers. Whatever else a step knows (names, addresses, what servers and people say) stays here. */

typedef struct
{
  int code;
  const char *word;
} Word;

static const Word kinds[] = {
  { FR_DOCTOR_MEETING_POINT, "Meeting point" }, { FR_DOCTOR_NAME, "Name there" }, { FR_DOCTOR_STUN, "STUN" },
  { FR_DOCTOR_TURN, "TURN" },                   { FR_DOCTOR_PATH, "Path to a person" },
};

static const Word states[] = {
  { FR_DOCTOR_WAITING, "not looked at yet" },    { FR_DOCTOR_LOOKING, "being looked at" },
  { FR_DOCTOR_GOOD, "good" },                    { FR_DOCTOR_BAD, "bad" },
  { FR_DOCTOR_NOT_NEEDED, "not set up" },        { FR_DOCTOR_NOT_LOOKED_AT, "not looked at" },
};

static const Word findings[] = {
  { FR_DOCTOR_FOUND_NO_SERVER, "none chosen" },  { FR_DOCTOR_FOUND_TAKEN, "taken" },
  { FR_DOCTOR_FOUND_UNKNOWN_NAME, "unknown name" }, { FR_DOCTOR_FOUND_NO_ANSWER, "no answer" },
  { FR_DOCTOR_FOUND_NOT_A_SERVER, "odd answer" }, { FR_DOCTOR_FOUND_REFUSED, "refused" },
  { FR_DOCTOR_FOUND_FULL, "full" },              { FR_DOCTOR_FOUND_DIRECTLY, "directly" },
  { FR_DOCTOR_FOUND_RELAYED, "through a relay" }, { FR_DOCTOR_FOUND_AWAY, "away" },
  { FR_DOCTOR_FOUND_NO_WAY, "no way between the networks" },
};

static const Word server_problems[] = {
  { FR_RENDEZVOUS_ERROR_UNREACHABLE, "unreachable" },  { FR_RENDEZVOUS_ERROR_NOT_A_SERVER, "no meeting point" },
  { FR_RENDEZVOUS_ERROR_BAD_CERTIFICATE, "certificate" }, { FR_RENDEZVOUS_ERROR_ID_TAKEN, "taken" },
  { FR_RENDEZVOUS_ERROR_KEY_REFUSED, "key refused" },  { FR_RENDEZVOUS_ERROR_FULL, "full" },
  { FR_RENDEZVOUS_ERROR_BAD_ADDRESS, "bad address" },  { FR_RENDEZVOUS_ERROR_LOST, "lost" },
};

static const Word person_problems[] = {
  { FR_NODE_ERROR_OTHER_SERVER, "other meeting point" }, { FR_NODE_ERROR_NO_SERVER, "no meeting point" },
  { FR_NODE_ERROR_NO_ANSWER, "no answer" },              { FR_NODE_ERROR_OTHER_PROGRAM, "other program" },
  { FR_NODE_ERROR_OTHER_VERSION, "other version" },      { FR_NODE_ERROR_OTHER_PERSON, "other key" },
  { FR_NODE_ERROR_INTERCEPTED, "intercepted" },          { FR_NODE_ERROR_REFUSED, "refused" },
  { FR_NODE_ERROR_BUSY, "busy" },                        { FR_NODE_ERROR_FAULT, "fault there" },
  { FR_NODE_ERROR_ACCUSED, "fault here" },               { FR_NODE_ERROR_KEPT_OUT, "kept out" },
};

static const char *
find_word (const Word *words, guint n_words, int code)
{
  for (guint i = 0; i < n_words; i++)
    if (words[i].code == code)
      return words[i].word;
  return NULL;
}

#define WORD(words, code) find_word (words, G_N_ELEMENTS (words), (int) (code))

static const char *
get_finding (FrDoctorStep *step)
{
  const GError *error = fr_doctor_step_get_error (step);
  const char *word = NULL;

  if (fr_doctor_step_get_finding (step) != FR_DOCTOR_FOUND_PROBLEM)
    return WORD (findings, fr_doctor_step_get_finding (step));
  if (error != NULL && error->domain == FR_RENDEZVOUS_ERROR)
    word = WORD (server_problems, error->code);
  else if (error != NULL && error->domain == FR_NODE_ERROR)
    word = WORD (person_problems, error->code);
  return word != NULL ? word : "other";
}

static void
add_step (GString *report, FrDoctorStep *step)
{
  const char *finding = get_finding (step), *candidate = fr_doctor_step_get_candidate (step);

  g_string_append_printf (report, "%s: %s", WORD (kinds, fr_doctor_step_get_kind (step)),
                          WORD (states, fr_doctor_step_get_state (step)));
  if (finding != NULL)
    g_string_append_printf (report, ", %s", finding);
  if (candidate != NULL)
    g_string_append_printf (report, ", candidate %s", candidate);
  if (fr_doctor_step_get_ms (step) > 0)
    g_string_append_printf (report, ", %u ms", fr_doctor_step_get_ms (step));
  g_string_append_c (report, '\n');
}

/**
 * fr_doctor_make_report:
 * @self: a doctor
 *
 * Returns: (transfer full): what was found, a line for each step, without anything by which somebody could be known
 */
char *
fr_doctor_make_report (FrDoctor *self)
{
  GString *report = g_string_new ("Freshet " FR_VERSION ", connection doctor\n");

  for (guint i = 0; i < self->steps->len; i++)
    add_step (report, g_ptr_array_index (self->steps, i));
  return g_string_free (report, FALSE);
}
