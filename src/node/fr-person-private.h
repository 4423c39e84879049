/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-person-record.h"
#include "fr-person.h"

G_BEGIN_DECLS

/* What FrPeople alone may change of a person. */

FrPerson *fr_person_new (const FrPersonRecord *record);
void fr_person_set_state (FrPerson *self, FrPersonState state, const GError *error);
void fr_person_set_way (FrPerson *self, FrWay way);
void fr_person_set_added (FrPerson *self, gboolean added);
void fr_person_set_blocked (FrPerson *self, gboolean blocked);
void fr_person_set_checked (FrPerson *self, gboolean checked);
void fr_person_set_other_key (FrPerson *self, const FrPeerKey *key);
void fr_person_replace_key (FrPerson *self, const FrPeerKey *key);
void fr_person_set_doorbell (FrPerson *self, const char *doorbell);
void fr_person_set_kept_out (FrPerson *self, gint64 until_us);
void fr_person_met (FrPerson *self, const FrPeerKey *key, const char *name, const char *server, const char *address);
void fr_person_set_name (FrPerson *self, const char *name);
void fr_person_set_path (FrPerson *self, const char *route, guint round_trip_us);
FrPersonRecord *fr_person_to_record (FrPerson *self);

/* How often dialling has failed in a row, and when it is tried again (monotonic; 0: not). */
guint fr_person_get_n_failures (FrPerson *self);
void fr_person_set_retry (FrPerson *self, guint n_failures, gint64 retry_at_us);
gint64 fr_person_get_retry_at_us (FrPerson *self);

/* With whom the person here does not want to connect in their place. */
void fr_person_set_refused_key (FrPerson *self, const FrPeerKey *key);
gboolean fr_person_is_refused (FrPerson *self, const FrPeerKey *key);

G_END_DECLS
