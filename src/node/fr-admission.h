/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* Whom we let in: what the person has chosen, whom they know, whom they have blocked or turned away, and who waits for an
 * answer. Decides by keys that have been proved, and makes nothing itself. Sans-IO: the time goes in with each call. */
typedef struct _FrAdmission FrAdmission;

typedef enum
{
  FR_ADMIT_ASK,      /* the person is asked about each stranger */
  FR_ADMIT_ANYONE,
  FR_ADMIT_CONTACTS, /* strangers are turned away without a word to the person */
} FrAdmissionRule;

typedef enum
{
  FR_ADMISSION_YES,
  FR_ADMISSION_ASK,   /* let them wait, and ask */
  FR_ADMISSION_NO,    /* not wanted */
  FR_ADMISSION_LATER, /* too many wait already */
} FrAdmissionVerdict;

#define FR_ADMISSION_MAX_WAITING 8 /* strangers at once; each has one session and FR_LINK_MAX_HELD_BYTES to spend */
#define FR_ADMISSION_WAIT_US (10 * 60 * G_USEC_PER_SEC)     /* for the person; then the stranger has to come again */
#define FR_ADMISSION_ANSWERED_US (10 * 60 * G_USEC_PER_SEC) /* so long may somebody fetch what was found here */
#define FR_ADMISSION_MAX_ANSWERED 1024
#define FR_ADMISSION_TURNED_AWAY_US (24 * G_TIME_SPAN_HOUR) /* the person is not asked again about the same one */
#define FR_ADMISSION_MAX_TURNED_AWAY 1024
#define FR_ADMISSION_MAX_EXPECTED 1024

FrAdmission *fr_admission_new (void);
void fr_admission_free (FrAdmission *self);

gboolean fr_admission_rule_from_string (const char *text, FrAdmissionRule *out_rule);
const char *fr_admission_rule_to_string (FrAdmissionRule rule);

void fr_admission_set_rule (FrAdmission *self, FrAdmissionRule rule);
void fr_admission_set_contact (FrAdmission *self, const FrPeerKey *key, gboolean contact);
gboolean fr_admission_is_contact (const FrAdmission *self, const FrPeerKey *key);
void fr_admission_set_place (FrAdmission *self, const FrPeerKey *key, const char *server, const char *address);
gboolean fr_admission_is_changed (const FrAdmission *self, const FrPeerKey *key, const char *server,
                                  const char *address);
void fr_admission_set_blocked (FrAdmission *self, const FrPeerKey *key, gboolean blocked);
gboolean fr_admission_is_blocked (const FrAdmission *self, const FrPeerKey *key);
void fr_admission_expect (FrAdmission *self, const char *address, gboolean expected);
void fr_admission_expect_nobody (FrAdmission *self);

void fr_admission_answered (FrAdmission *self, const FrPeerKey *key, gint64 now_us);
FrAdmissionVerdict fr_admission_judge_link (FrAdmission *self, const FrPeerKey *key, const char *address,
                                            guint n_waiting, gint64 now_us);
FrAdmissionVerdict fr_admission_judge_changed (FrAdmission *self, const FrPeerKey *key, guint n_waiting,
                                               gint64 now_us);
FrAdmissionVerdict fr_admission_judge_transfer (FrAdmission *self, const FrPeerKey *key, gint64 now_us);
gboolean fr_admission_has_waited (gint64 since_us, gint64 now_us);
void fr_admission_turn_away (FrAdmission *self, const FrPeerKey *key, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrAdmission, fr_admission_free)

G_END_DECLS
