/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-person.h"

G_BEGIN_DECLS

/* Everybody we know of: a GListModel of FrPerson, in the order in which they were added or came. Lives in the main
 * thread. Who was added is dialled again by itself; who only came, or asked to, is gone from here when the link is; who is
 * blocked stays. */

#define FR_TYPE_PEOPLE (fr_people_get_type ())
G_DECLARE_FINAL_TYPE (FrPeople, fr_people, FR, PEOPLE, GObject)

/* Signal "other-computer" (FrPerson *): a contact has another computer now, which is in the list from now on.
 *
 * Properties, notified: "n-here" (uint): how many are connected; "n-asking" (uint): how many ask to be
 * let in, or may not be who they seem. */
guint fr_people_get_n_here (FrPeople *self);
guint fr_people_get_n_asking (FrPeople *self);

/* `text`: an address (`zoe`) or an invitation (`freshet:...`). Dials at once and goes on until the person is removed.
 * FR_NODE_ERROR_BAD_ADDRESS, _YOURSELF, _OTHER_SERVER, _OTHER_PERSON. Adding somebody again returns who is there, and tries again. */
FrPerson *fr_people_add (FrPeople *self, const char *text, GError **error); /* (transfer none) */
void fr_people_retry (FrPeople *self, FrPerson *person);
void fr_people_remove (FrPeople *self, FrPerson *person);
void fr_people_accept (FrPeople *self, FrPerson *person);
void fr_people_turn_away (FrPeople *self, FrPerson *person);
void fr_people_block (FrPeople *self, FrPerson *person);
void fr_people_unblock (FrPeople *self, FrPerson *person);

/* Somebody with another key is where a person was: nothing comes of it until one of these is called. Accepting says that
 * the words were the same; `key` is the one that they were made for. */
void fr_people_refuse_other (FrPeople *self, FrPerson *person);
gboolean fr_people_accept_other (FrPeople *self, FrPerson *person, const FrPeerKey *key);

/* The words to compare with whoever has a key, and that they were the same. */
void fr_people_make_words_async (FrPeople *self, const FrPeerKey *key, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
char **fr_people_make_words_finish (FrPeople *self, GAsyncResult *result, GError **error);
gboolean fr_people_set_checked (FrPeople *self, FrPerson *person, const FrPeerKey *key, gboolean checked);

/* Of somebody who was added or is blocked. FR_NODE_ERROR_BAD_NAME. */
gboolean fr_people_rename (FrPeople *self, FrPerson *person, const char *name, GError **error);
/* Somebody in the list is the person here at another computer; both computers have to say so. And: two contacts are told
 * of each other. FR_NODE_ERROR_NOT_CHECKED, _TOO_MANY_COMPUTERS; _AWAY. */
gboolean fr_people_set_mine (FrPeople *self, FrPerson *person, gboolean mine, GError **error);
gboolean fr_people_introduce (FrPeople *self, FrPerson *person, FrPerson *to, GError **error);

FrPerson *fr_people_find_key (FrPeople *self, const FrPeerKey *key);
FrPerson *fr_people_find_address (FrPeople *self, const char *address);

G_END_DECLS
