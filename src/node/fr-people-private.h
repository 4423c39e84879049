/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-invitation.h"
#include "fr-network.h"
#include "fr-people.h"
#include "fr-person-record.h"

G_BEGIN_DECLS

struct _FrPeople
{
  GObject parent_instance;

  /* owned */
  GPtrArray *people; /* of FrPerson */
  FrStore *store;
  FrNetwork *network;
  char *server;
  char *own_address;
  GSource *timer;
  GPtrArray *unwritten; /* what the store has not taken yet; see fr-people-store.c */
  GSource *write_timer;

  /* state */
  FrPeerKey own_key;
  gboolean online;
  guint n_here;
  guint n_asking;
  guint n_writing;
  guint write_pause_ms; /* 0: nothing has failed */
};

/* What FrNode alone does with the people.
 *
 * Signals: "wants-server" (const char *server): somebody was added who is at a server, and we are at none;
 * "wants-relays" (const char *stun, const char *turn), both nullable: of whose invitation was taken;
 * "trouble" (const char *message): something that the person has to know. */

FrPeople *fr_people_new (FrStore *store, FrNetwork *network, const FrPeerKey *own_key);
void fr_people_load (FrPeople *self, GPtrArray *records);
void fr_people_load_acquaintances (FrPeople *self, GPtrArray *records);
void fr_people_set_server (FrPeople *self, const char *server, const char *own_address, gboolean online);
void fr_people_do_without_server (FrPeople *self);
void fr_people_take_report (FrPeople *self, const FrNetworkReport *report);

/* Who is to be added, without a look at who is there already. */
FrPersonRecord *fr_people_parse (const char *text, const char *server, const char *own_address,
                                 const FrPeerKey *own_key, FrInvitation **out_invitation, GError **error);

/* For the files of this type: the list, */
FrPerson *fr_people_append (FrPeople *self, const FrPersonRecord *record);
FrPerson *fr_people_append_computer (FrPeople *self, FrPerson *owner, const FrPersonRecord *record);
void fr_people_take_out (FrPeople *self, FrPerson *person);
void fr_people_tell_trouble (FrPeople *self, const char *message);
void fr_people_pin (FrPeople *self, FrPerson *person);
void fr_people_count (FrPeople *self);

/* what is kept of it, */
void fr_people_start_writing (FrPeople *self);
void fr_people_stop_writing (FrPeople *self);
void fr_people_save (FrPeople *self, FrPerson *person);
void fr_people_save_key (FrPeople *self, FrPerson *person, const FrPeerKey *old);
void fr_people_forget (FrPeople *self, FrPerson *person);

/* who has another key than they had, */
FrPerson *fr_people_find_place (FrPeople *self, const char *server, const char *address);
void fr_people_take_other_key (FrPeople *self, FrPerson *person, const FrPeerKey *key);
void fr_people_drop_other (FrPeople *self, FrPerson *person);
gboolean fr_people_take_place (FrPeople *self, const FrPeerKey *key, const char *address);

/* who has several computers, and who told us of whom, */
void fr_people_tell_computers (FrPeople *self, FrPerson *person);
void fr_people_end_mine (FrPeople *self, FrPerson *person);
void fr_people_end_computers (FrPeople *self, FrPerson *person);
void fr_people_notice_computer (FrPeople *self, FrPerson *person);
void fr_people_take_introduction (FrPeople *self, const FrNetworkReport *report);
void fr_people_take_acquaintance (FrPeople *self, FrPerson *contact, const FrAcquaintance *acquaintance);
void fr_people_forget_introduction (FrPeople *self, FrPerson *person);
void fr_people_end_introductions (FrPeople *self, FrPerson *introducer);

void fr_people_lift_block (FrPeople *self, FrPerson *person);
void fr_people_load_blocked (FrPeople *self, FrPerson *person);

#define FR_PEOPLE_MAX_KEPT_OUT 8 /* strangers who are shown as such; who was the first goes */

void fr_people_keep_out (FrPeople *self, FrPerson *person, gint64 left_us);
gboolean fr_people_let_in_again (FrPeople *self, FrPerson *person);

/* and dialling. */
void fr_people_start_dialling (FrPeople *self);
void fr_people_dial (FrPeople *self, FrPerson *person);
void fr_people_dial_next (FrPeople *self, const char *address);
gboolean fr_people_is_dialled (FrPerson *person);
gboolean fr_people_is_at_server (FrPeople *self, FrPerson *person);

G_END_DECLS
