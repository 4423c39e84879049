/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-record.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (FrPersonRecord, fr_person_record, fr_person_record_copy, fr_person_record_free)

/**
 * fr_person_record_new:
 * @key: (nullable): who they are; %NULL until they have been met
 * @name: what they are called here
 * @server: (nullable): their rendezvous
 * @address: (nullable): what they are called there
 *
 * Returns: (transfer full): a person who has never been seen
 */
FrPersonRecord *
fr_person_record_new (const FrPeerKey *key, const char *name, const char *server, const char *address)
{
  FrPersonRecord *self = g_new0 (FrPersonRecord, 1);

  if (key != NULL)
    self->key = *key;
  self->name = g_strdup (name);
  self->server = g_strdup (server != NULL ? server : "");
  self->address = g_strdup (address != NULL ? address : "");
  self->doorbell = g_strdup ("");
  return self;
}

/**
 * fr_person_record_set_doorbell:
 * @self: a person
 * @doorbell: (nullable): their own rendezvous, where they are called the same
 */
void
fr_person_record_set_doorbell (FrPersonRecord *self, const char *doorbell)
{
  g_free (self->doorbell);
  self->doorbell = g_strdup (doorbell != NULL ? doorbell : "");
}

/**
 * fr_person_record_copy:
 * @self: a person
 *
 * Returns: (transfer full): another record of the same
 */
FrPersonRecord *
fr_person_record_copy (const FrPersonRecord *self)
{
  FrPersonRecord *copy = fr_person_record_new (&self->key, self->name, self->server, self->address);

  fr_person_record_set_doorbell (copy, self->doorbell);
  copy->seen_us = self->seen_us;
  copy->wanted_us = self->wanted_us;
  copy->auto_connect = self->auto_connect;
  copy->blocked = self->blocked;
  copy->checked = self->checked;
  copy->owner = self->owner;
  copy->introducer = self->introducer;
  copy->mine = self->mine;
  copy->agrees = self->agrees;
  memcpy (copy->agreement, self->agreement, sizeof copy->agreement);
  copy->told = self->told;
  copy->claimed = self->claimed;
  return copy;
}

/**
 * fr_person_record_free:
 * @self: (nullable) (transfer full): a person
 *
 * Frees the record.
 */
void
fr_person_record_free (FrPersonRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->server);
  g_free (self->address);
  g_free (self->doorbell);
  g_free (self);
}
