/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-private.h"

#include <string.h>

/* Several computers of one person, and who told us of whom. */

/* Lets go of the person whose other computer this is. */
void
fr_person_leave_owner (FrPerson *self)
{
  if (self->owner != NULL)
    g_ptr_array_remove (self->owner->computers, self);
  g_clear_object (&self->owner);
}

/* Of whom this is another computer; NULL: it is a person by itself. */
void
fr_person_set_owner (FrPerson *self, FrPerson *owner)
{
  if (self->owner == owner)
    return;
  fr_person_leave_owner (self);
  if (owner != NULL)
    {
      self->owner = g_object_ref (owner);
      g_ptr_array_add (owner->computers, self);
    }
  fr_person_notify (self, FR_PERSON_PROP_OWNER);
}

void
fr_person_set_introducer (FrPerson *self, FrPerson *introducer)
{
  if (g_set_object (&self->introducer, introducer))
    fr_person_notify (self, FR_PERSON_PROP_INTRODUCER);
}

void
fr_person_set_mine (FrPerson *self, gboolean mine)
{
  if (self->mine == mine)
    return;
  self->mine = mine;
  fr_person_notify (self, FR_PERSON_PROP_MINE);
}

/* What they say of themselves and of the computer here, which others are shown; NULL: nothing. */
void
fr_person_set_agreement (FrPerson *self, const guint8 *agreement)
{
  gboolean agrees = agreement != NULL;

  if (agrees)
    memcpy (self->agreement, agreement, sizeof self->agreement);
  if (self->agrees == agrees)
    return;
  self->agrees = agrees;
  fr_person_notify (self, FR_PERSON_PROP_AGREES);
}

const guint8 *
fr_person_get_agreement (FrPerson *self)
{
  return self->agrees ? self->agreement : NULL;
}

void
fr_person_set_told (FrPerson *self, gboolean told)
{
  self->told = told;
}

gboolean
fr_person_get_told (FrPerson *self)
{
  return self->told;
}

/* Whether they are where they are said to be: not only in the words of somebody else. */
gboolean
fr_person_has_place (FrPerson *self)
{
  return self->met;
}

/* What is kept of somebody who was introduced. */
FrPersonRecord *
fr_person_to_acquaintance (FrPerson *self)
{
  FrPersonRecord *record = fr_person_record_new (&self->key, self->name, self->server, self->address);

  record->introducer = self->introducer->key;
  return record;
}

/**
 * fr_person_get_owner:
 * @self: a person
 *
 * Returns: (transfer none) (nullable): whose other computer this is; %NULL: it is a person by itself
 */
FrPerson *
fr_person_get_owner (FrPerson *self)
{
  return self->owner;
}

/**
 * fr_person_list_computers:
 * @self: a person
 *
 * Returns: (transfer full) (element-type FrPerson): their other computers, which are people in the list too
 */
GPtrArray *
fr_person_list_computers (FrPerson *self)
{
  GPtrArray *computers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->computers->len; i++)
    g_ptr_array_add (computers, g_object_ref (self->computers->pdata[i]));
  return computers;
}

/**
 * fr_person_get_introducer:
 * @self: a person
 *
 * Returns: (transfer none) (nullable): which contact told us of them
 */
FrPerson *
fr_person_get_introducer (FrPerson *self)
{
  return self->introducer;
}

/**
 * fr_person_is_introduced_only:
 * @self: a person
 *
 * Returns: whether a contact told us of them, and that is all
 */
gboolean
fr_person_is_introduced_only (FrPerson *self)
{
  return self->introducer != NULL && !self->added && !self->blocked;
}

/**
 * fr_person_get_mine:
 * @self: a person
 *
 * Returns: whether the person here says that it is another computer of theirs
 */
gboolean
fr_person_get_mine (FrPerson *self)
{
  return self->mine;
}

/**
 * fr_person_get_agrees:
 * @self: a person
 *
 * Returns: whether the person there says that the computer here is another one of theirs
 */
gboolean
fr_person_get_agrees (FrPerson *self)
{
  return self->agrees;
}
