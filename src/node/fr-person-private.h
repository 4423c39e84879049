/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-person-record.h"
#include "fr-person.h"

G_BEGIN_DECLS

struct _FrPerson
{
  GObject parent_instance;

  /* owned */
  char *name;     /* what they are called here */
  char *own_name; /* nullable: what they call themselves */
  char *address;
  char *server;
  char *doorbell;
  char *route;
  FrWay way;
  GError *error;
  FrPerson *owner;      /* nullable: whose other computer this is */
  FrPerson *introducer; /* nullable */

  /* borrowed */
  GPtrArray *computers; /* of FrPerson: whose owner this is */

  /* state */
  FrPeerKey key; /* zero until they have been met */
  FrPersonState state;
  gboolean added;
  gboolean blocked;
  gboolean checked;
  FrPeerKey other_key;   /* of somebody who is where they were; zero: nobody is */
  FrPeerKey refused_key; /* of somebody who was, and is not to be asked about again */
  gint64 seen_us;
  gint64 wanted_us; /* real time since when they are dialled; 0: not, or not known */
  gboolean missed;
  gint64 kept_out_until_us; /* real time; 0: not */
  guint round_trip_us;
  gboolean accused; /* they closed the last link, as the program here had done something wrong */
  guint n_failures;
  gint64 retry_at_us;
  gboolean met; /* their server and address are not only what somebody else says */
  gboolean mine;
  gboolean agrees;
  guint8 agreement[FR_PERSON_AGREEMENT_SIZE];
  gboolean told;
};

typedef enum
{
  FR_PERSON_PROP_0,
  FR_PERSON_PROP_NAME,
  FR_PERSON_PROP_OWN_NAME,
  FR_PERSON_PROP_ADDRESS,
  FR_PERSON_PROP_SERVER,
  FR_PERSON_PROP_STATE,
  FR_PERSON_PROP_ADDED,
  FR_PERSON_PROP_BLOCKED,
  FR_PERSON_PROP_CHECKED,
  FR_PERSON_PROP_OTHER,
  FR_PERSON_PROP_KEPT_OUT,
  FR_PERSON_PROP_ERROR_MESSAGE,
  FR_PERSON_PROP_ROUND_TRIP,
  FR_PERSON_PROP_WAY,
  FR_PERSON_PROP_OWNER,
  FR_PERSON_PROP_INTRODUCER,
  FR_PERSON_PROP_MINE,
  FR_PERSON_PROP_AGREES,
  FR_PERSON_PROP_MISSED,
  FR_PERSON_N_PROPS
} FrPersonProperty;

void fr_person_notify (FrPerson *self, FrPersonProperty property);
void fr_person_leave_owner (FrPerson *self);
void fr_person_look_whether_missed (FrPerson *self);

/* What FrPeople alone may change of a person. */

FrPerson *fr_person_new (const FrPersonRecord *record);
void fr_person_set_state (FrPerson *self, FrPersonState state, const GError *error);
void fr_person_set_way (FrPerson *self, FrWay way);
void fr_person_set_added (FrPerson *self, gboolean added);
void fr_person_set_blocked (FrPerson *self, gboolean blocked);
void fr_person_set_checked (FrPerson *self, gboolean checked);
void fr_person_set_other_key (FrPerson *self, const FrPeerKey *key);
void fr_person_replace_key (FrPerson *self, const FrPeerKey *key);
void fr_person_set_owner (FrPerson *self, FrPerson *owner);
void fr_person_set_introducer (FrPerson *self, FrPerson *introducer);
void fr_person_set_mine (FrPerson *self, gboolean mine);
void fr_person_set_agreement (FrPerson *self, const guint8 *agreement);
const guint8 *fr_person_get_agreement (FrPerson *self);
void fr_person_set_told (FrPerson *self, gboolean told);
gboolean fr_person_get_told (FrPerson *self);
gboolean fr_person_has_place (FrPerson *self);
void fr_person_set_doorbell (FrPerson *self, const char *doorbell);
void fr_person_set_kept_out (FrPerson *self, gint64 until_us);
void fr_person_met (FrPerson *self, const FrPeerKey *key, const char *name, const char *server, const char *address);
void fr_person_set_name (FrPerson *self, const char *name);
void fr_person_set_path (FrPerson *self, const char *route, guint round_trip_us);
FrPersonRecord *fr_person_to_record (FrPerson *self);
FrPersonRecord *fr_person_to_acquaintance (FrPerson *self);

/* How often dialling has failed in a row, and when it is tried again (monotonic; 0: not). */
guint fr_person_get_n_failures (FrPerson *self);
void fr_person_set_retry (FrPerson *self, guint n_failures, gint64 retry_at_us);
gint64 fr_person_get_retry_at_us (FrPerson *self);

/* That they say of the program here that it broke the protocol, until they are here again. */
void fr_person_set_accused (FrPerson *self, gboolean accused);
gboolean fr_person_get_accused (FrPerson *self);

/* With whom the person here does not want to connect in their place. */
void fr_person_set_refused_key (FrPerson *self, const FrPeerKey *key);
gboolean fr_person_is_refused (FrPerson *self, const FrPeerKey *key);

G_END_DECLS
