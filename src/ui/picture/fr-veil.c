/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-veil.h"

#include "fr-settings.h"

/* Whoever clicks on more pictures than this sees the first of them blurred again. */
#define MAX_LIFTED 10000

struct _FrVeil
{
  GObject parent_instance;

  /* owned */
  FrPeople *people;
  GSettings *settings; /* nullable */
  GHashTable *lifted;  /* FrContentId -> itself */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrVeil, fr_veil, G_TYPE_OBJECT)

static void
change (FrVeil *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fr_veil_dispose (GObject *object)
{
  FrVeil *self = FR_VEIL (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->people);
  g_clear_pointer (&self->lifted, g_hash_table_unref);
  G_OBJECT_CLASS (fr_veil_parent_class)->dispose (object);
}

static void
fr_veil_class_init (FrVeilClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_veil_dispose;
  signals[CHANGED] = g_signal_new ("changed", FR_TYPE_VEIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_veil_init (FrVeil *self)
{
  self->lifted = g_hash_table_new_full (fr_content_id_hash, fr_content_id_equal_func, g_free, NULL);
}

/**
 * fr_veil_new:
 * @people: the contacts are among them
 * @settings: (nullable): where the person may say that nothing is to be blurred
 *
 * Returns: (transfer full): a veil
 */
FrVeil *
fr_veil_new (FrPeople *people, GSettings *settings)
{
  FrVeil *self = g_object_new (FR_TYPE_VEIL, NULL);

  self->people = g_object_ref (people);
  /* Whoever is accepted or added becomes a contact. */
  g_signal_connect_object (people, "items-changed", G_CALLBACK (change), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "notify", G_CALLBACK (change), self, G_CONNECT_SWAPPED);
  if (settings == NULL)
    return self;
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" FR_SETTING_SHOW_STRANGERS, G_CALLBACK (change), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* The small form is whatever the first who answered says that it is, so a stranger could give a contact's picture one of
 * their own: all who have it have to be contacts. */
static gboolean
is_from_contacts (FrVeil *self, FrHit *hit)
{
  for (guint i = 0; i < fr_hit_get_n_holders (hit); i++)
    {
      FrPerson *person = fr_people_find_key (self->people, &fr_hit_get_holder (hit, i)->key);

      if (person == NULL || !fr_person_is_contact (person))
        return FALSE;
    }
  return TRUE;
}

/**
 * fr_veil_covers:
 * @self: a veil
 * @hit: a picture that was found
 *
 * Returns: whether it is to be blurred: somebody who is no contact offers it, it is not one's own, and the person has not
 *   asked to see it
 */
gboolean
fr_veil_covers (FrVeil *self, FrHit *hit)
{
  if (self->settings != NULL && g_settings_get_boolean (self->settings, FR_SETTING_SHOW_STRANGERS))
    return FALSE;
  return !fr_hit_get_mine (hit) && !g_hash_table_contains (self->lifted, fr_hit_get_id (hit))
         && !is_from_contacts (self, hit);
}

/**
 * fr_veil_lift:
 * @self: a veil
 * @hit: what the person wants to see
 *
 * Blurs it no more, until Freshet ends.
 */
void
fr_veil_lift (FrVeil *self, FrHit *hit)
{
  if (g_hash_table_size (self->lifted) >= MAX_LIFTED)
    g_hash_table_remove_all (self->lifted);
  g_hash_table_add (self->lifted, g_memdup2 (fr_hit_get_id (hit), sizeof (FrContentId)));
  change (self);
}
