/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-order.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "fr-person-actions.h"

/**
 * fr_people_order_get_group:
 * @person: a person
 *
 * Returns: where they stand; another computer of somebody stands where they do, unless there is something to say to it
 */
FrPeopleGroup
fr_people_order_get_group (FrPerson *person)
{
  FrPersonOffers offers = fr_person_actions_list_offers (person);
  FrPerson *owner = fr_person_get_owner (person);

  if (offers & (FR_PERSON_OFFER_ANSWER | FR_PERSON_OFFER_OTHER))
    return FR_PEOPLE_GROUP_ASKING;
  if (fr_person_get_added (owner != NULL ? owner : person))
    return FR_PEOPLE_GROUP_YOURS;
  return fr_person_get_blocked (person) ? FR_PEOPLE_GROUP_BLOCKED : FR_PEOPLE_GROUP_OTHERS;
}

/**
 * fr_people_order_get_heading:
 * @group: of a person
 * @is_first: whether they are the first of all
 *
 * Returns: (nullable): what stands above the first of a group; where one's people come first, that needs no saying
 */
const char *
fr_people_order_get_heading (FrPeopleGroup group, gboolean is_first)
{
  switch (group)
    {
    case FR_PEOPLE_GROUP_YOURS:
      return is_first ? NULL : _ ("Your people");
    case FR_PEOPLE_GROUP_OTHERS:
      return _ ("Others who are connected");
    case FR_PEOPLE_GROUP_BLOCKED:
      return _ ("Blocked");
    case FR_PEOPLE_GROUP_ASKING:
    default:
      return NULL;
    }
}

/* The sorting is stable: within a group they stand as they came. */
static int
compare (gconstpointer one, gconstpointer other, gpointer data)
{
  return (int) fr_people_order_get_group ((gpointer) one) - (int) fr_people_order_get_group ((gpointer) other);
}

/* Of what they are in the list for, and nothing else: the list is sorted anew by it. */
static void
sort_anew (GtkSorter *sorter)
{
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
people_changed_cb (GtkSorter *sorter, guint position, guint removed, guint added, GListModel *people)
{
  static const char *const properties[] = { "notify::state", "notify::added", "notify::blocked", "notify::introducer" };

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      for (gsize k = 0; k < G_N_ELEMENTS (properties); k++)
        g_signal_connect_object (person, properties[k], G_CALLBACK (sort_anew), sorter, G_CONNECT_SWAPPED);
    }
}

/**
 * fr_people_order_new:
 * @people: people
 *
 * Returns: (transfer full): a model of the same people: who waits for an answer first, then one's own, then others
 */
GListModel *
fr_people_order_new (FrPeople *people)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL));

  g_signal_connect_object (people, "items-changed", G_CALLBACK (people_changed_cb), sorter, G_CONNECT_SWAPPED);
  people_changed_cb (sorter, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (people)), G_LIST_MODEL (people));
  return G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (people)), sorter));
}
