/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-audience-text.h"

#include <glib/gi18n.h>

#include "fr-contacts.h"

static const struct
{
  const char *name;
  const char *icon;
} audiences[] = {
  [FR_AUDIENCE_EVERYONE] = { N_ ("Everyone on the network"), "network-workgroup-symbolic" },
  [FR_AUDIENCE_CONTACTS] = { N_ ("My contacts"), "system-users-symbolic" },
  [FR_AUDIENCE_CHOSEN] = { N_ ("Chosen people"), "avatar-default-symbolic" },
  [FR_AUDIENCE_ONLY_ME] = { N_ ("Only me"), "changes-prevent-symbolic" },
};

/**
 * fr_audience_text_get_name:
 * @audience: who may see a picture
 *
 * Returns: what that is called where it is chosen
 */
const char *
fr_audience_text_get_name (FrAudience audience)
{
  return _ (audiences[audience].name);
}

const char *
fr_audience_text_get_icon (FrAudience audience)
{
  return audiences[audience].icon;
}

/**
 * fr_audience_text_describe:
 * @audience: who may see pictures
 * @n_readers: how many people, where people are chosen
 *
 * Returns: (transfer full): such as *For my contacts*
 */
char *
fr_audience_text_describe (FrAudience audience, guint n_readers)
{
  switch (audience)
    {
    case FR_AUDIENCE_EVERYONE:
      return g_strdup (_ ("For everyone"));
    case FR_AUDIENCE_CONTACTS:
      return g_strdup (_ ("For my contacts"));
    case FR_AUDIENCE_CHOSEN:
      if (n_readers == 0)
        return g_strdup (_ ("For nobody any more"));
      return g_strdup_printf (ngettext ("For %u person", "For %u people", n_readers), n_readers);
    case FR_AUDIENCE_ONLY_ME:
    default:
      return g_strdup (_ ("Only for me"));
    }
}

/**
 * fr_audience_text_describe_origin:
 * @picture: a picture
 * @people: who has which name
 *
 * A contact has the name that is known for them here; somebody else the one that they gave when the picture was kept.
 *
 * Returns: (transfer full) (nullable): whom it was kept from, such as *From Anna*; %NULL for one's own
 */
char *
fr_audience_text_describe_origin (const FrPicture *picture, FrPeople *people)
{
  FrPerson *person = NULL;
  const char *name = NULL;

  if (fr_picture_is_mine (picture))
    return NULL;
  if (people != NULL)
    person = fr_people_find_key (people, &picture->origin);
  if (person != NULL && fr_person_is_contact (person))
    /* Translators: whom a picture was kept from */
    return g_strdup_printf (_ ("From %s"), fr_person_get_name (person));
  if (*picture->origin_name != '\0')
    name = picture->origin_name;
  else if (person != NULL)
    name = fr_person_get_name (person);
  if (name == NULL || *name == '\0')
    return g_strdup (_ ("From someone else"));
  /* Translators: whom a picture was kept from, by the name that they gave themselves then */
  return g_strdup_printf (_ ("From “%s” (not one of your contacts)"), name);
}

/**
 * fr_audience_text_describe_audience:
 * @picture: a picture
 * @people: (nullable): the contacts are among them
 *
 * Returns: (transfer full): for whom it is
 */
char *
fr_audience_text_describe_audience (const FrPicture *picture, FrPeople *people)
{
  guint n_readers = 0;

  if (picture->audience == FR_AUDIENCE_CHOSEN && people != NULL)
    {
      g_autoptr (GListModel) readers = fr_contacts_new (people, picture->audience, picture->readers);

      n_readers = g_list_model_get_n_items (readers);
    }
  return fr_audience_text_describe (picture->audience, n_readers);
}

/**
 * fr_audience_text_describe_picture:
 * @picture: a picture
 * @people: (nullable): the contacts are among them
 *
 * Returns: (transfer full): whom it is from, if from others, and for whom it is
 */
char *
fr_audience_text_describe_picture (const FrPicture *picture, FrPeople *people)
{
  g_autofree char *origin = fr_audience_text_describe_origin (picture, people);
  g_autofree char *audience = fr_audience_text_describe_audience (picture, people);

  if (origin == NULL)
    return g_steal_pointer (&audience);
  /* Translators: “From Anna. Only for me” */
  return g_strdup_printf (_ ("%s. %s"), origin, audience);
}
