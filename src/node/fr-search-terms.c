/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-terms.h"

#include <string.h>

#include "fr-search-words.h"

/* As a string: NAME=VALUE, with & between them, each at most once; the words are escaped as in addresses of the web. */

static const char *const scopes[] = {
  [FR_SCOPE_EVERYONE] = "everyone",
  [FR_SCOPE_PEOPLE] = "people",
  [FR_SCOPE_PERSON] = "person",
  [FR_SCOPE_MINE] = "mine",
};

static const char *const shapes[] = {
  [FR_SHAPE_ANY] = "any",
  [FR_SHAPE_WIDE] = "wide",
  [FR_SHAPE_TALL] = "tall",
};

G_DEFINE_BOXED_TYPE (FrSearchTerms, fr_search_terms, fr_search_terms_copy, fr_search_terms_free)

/**
 * fr_search_terms_new:
 * @words: words, "phrases", -without
 *
 * Returns: (transfer full): terms that ask everyone, and that everything passes
 */
FrSearchTerms *
fr_search_terms_new (const char *words)
{
  FrSearchTerms *self = g_new0 (FrSearchTerms, 1);

  self->words = g_strdup (words);
  return self;
}

/**
 * fr_search_terms_copy:
 * @self: terms
 *
 * Returns: (transfer full): the same
 */
FrSearchTerms *
fr_search_terms_copy (const FrSearchTerms *self)
{
  FrSearchTerms *copy = g_memdup2 (self, sizeof *self);

  copy->words = g_strdup (self->words);
  return copy;
}

/**
 * fr_search_terms_free:
 * @self: (nullable) (transfer full): terms
 *
 * Frees them.
 */
void
fr_search_terms_free (FrSearchTerms *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

/**
 * fr_search_terms_equal:
 * @self: terms
 * @other: others
 *
 * Returns: whether both look for the same
 */
gboolean
fr_search_terms_equal (const FrSearchTerms *self, const FrSearchTerms *other)
{
  return g_str_equal (self->words, other->words) && self->scope == other->scope
         && (self->scope != FR_SCOPE_PERSON || fr_peer_key_equal (&self->person, &other->person))
         && self->kinds == other->kinds && self->shape == other->shape
         && self->least_pixels == other->least_pixels && self->since == other->since;
}

static gboolean
match_shape (FrSearchShape shape, guint width, guint height)
{
  switch (shape)
    {
    case FR_SHAPE_WIDE:
      return width > height;
    case FR_SHAPE_TALL:
      return height > width;
    case FR_SHAPE_ANY:
    default:
      return TRUE;
    }
}

static gboolean
match_scope (const FrSearchTerms *self, FrHit *hit)
{
  if (self->scope == FR_SCOPE_MINE)
    return fr_hit_get_mine (hit);
  if (self->scope != FR_SCOPE_PERSON)
    return TRUE;
  for (guint i = 0; i < fr_hit_get_n_holders (hit); i++)
    if (fr_peer_key_equal (&fr_hit_get_holder (hit, i)->key, &self->person))
      return TRUE;
  return FALSE;
}

/**
 * fr_search_terms_match:
 * @self: terms
 * @hit: what was found by their words
 *
 * What a hit does not say (its size in pixels, its day) passes no filter for that. Words are not looked at, and of people
 * only whether it is this person's, or one's own: the rest is decided by asking.
 *
 * Returns: whether it passes
 */
gboolean
fr_search_terms_match (const FrSearchTerms *self, FrHit *hit)
{
  guint width = fr_hit_get_width (hit), height = fr_hit_get_height (hit);

  return (self->kinds == 0 || (self->kinds & FR_SEARCH_KIND (fr_hit_get_picture_type (hit))) != 0)
         && match_shape (self->shape, width, height)
         && (guint64) width * height >= self->least_pixels
         && fr_hit_get_shared_day (hit) >= self->since
         && match_scope (self, hit);
}

/**
 * fr_search_terms_to_string:
 * @self: terms
 *
 * Returns: (transfer full): the same as text, for fr_search_terms_from_string()
 */
char *
fr_search_terms_to_string (const FrSearchTerms *self)
{
  g_autofree char *words = g_uri_escape_string (self->words, NULL, FALSE);
  GString *text = g_string_new ("words=");

  g_string_append (text, words);
  if (self->scope != FR_SCOPE_EVERYONE)
    g_string_append_printf (text, "&scope=%s", scopes[self->scope]);
  if (self->scope == FR_SCOPE_PERSON)
    {
      g_autofree char *person = fr_peer_key_to_string (&self->person);

      g_string_append_printf (text, "&person=%s", person);
    }
  if (self->kinds != 0)
    g_string_append_printf (text, "&kinds=%u", self->kinds);
  if (self->shape != FR_SHAPE_ANY)
    g_string_append_printf (text, "&shape=%s", shapes[self->shape]);
  if (self->least_pixels != 0)
    g_string_append_printf (text, "&pixels=%" G_GUINT64_FORMAT, self->least_pixels);
  if (self->since != 0)
    g_string_append_printf (text, "&since=%u", self->since);
  return g_string_free (text, FALSE);
}

/* Any words that can be looked for. */
static gboolean
read_words (const char *value, char **out_words)
{
  g_autofree char *words = g_uri_unescape_string (value, NULL);
  g_autoptr (FrSearchWords) parsed = NULL;
  FrSearchWordsFault fault;

  if (words == NULL || *out_words != NULL || strlen (words) > FR_SEARCH_MAX_BYTES
      || !g_utf8_validate (words, -1, NULL))
    return FALSE;
  parsed = fr_search_words_parse (words, &fault);
  if (parsed == NULL)
    return FALSE;
  *out_words = g_steal_pointer (&words);
  return TRUE;
}

static gboolean
read_one_of (const char *value, const char *const *names, guint n_names, guint *out_index)
{
  for (guint i = 1; i < n_names; i++) /* the first is what it is when nothing is said */
    if (g_str_equal (value, names[i]))
      {
        *out_index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_number (const char *value, guint64 most, guint64 *out_number)
{
  return g_ascii_string_to_unsigned (value, 10, 1, most, out_number, NULL);
}

static gboolean
read_field (FrSearchTerms *self, const char *name, const char *value)
{
  guint index = 0;
  guint64 number = 0;
  gboolean good = FALSE;

  if (g_str_equal (name, "words"))
    return read_words (value, &self->words);
  if (g_str_equal (name, "person"))
    return fr_peer_key_is_zero (&self->person) && fr_peer_key_parse (&self->person, value);
  if (g_str_equal (name, "scope"))
    {
      good = self->scope == 0 && read_one_of (value, scopes, G_N_ELEMENTS (scopes), &index);
      self->scope = (FrSearchScope) index;
    }
  else if (g_str_equal (name, "shape"))
    {
      good = self->shape == 0 && read_one_of (value, shapes, G_N_ELEMENTS (shapes), &index);
      self->shape = (FrSearchShape) index;
    }
  else if (g_str_equal (name, "kinds"))
    {
      good = self->kinds == 0 && read_number (value, FR_SEARCH_ALL_KINDS, &number);
      self->kinds = (guint) number;
    }
  else if (g_str_equal (name, "pixels"))
    good = self->least_pixels == 0 && read_number (value, G_MAXUINT64, &self->least_pixels);
  else if (g_str_equal (name, "since"))
    {
      good = self->since == 0 && read_number (value, G_MAXUINT32, &number);
      self->since = (guint) number;
    }
  return good;
}

/**
 * fr_search_terms_from_string:
 * @text: what fr_search_terms_to_string() made, or anything else
 *
 * Takes nothing that it does not know: terms that were kept by a newer Freshet would find too much.
 *
 * Returns: (transfer full) (nullable): the terms; %NULL if they are none, or cannot be looked for
 */
FrSearchTerms *
fr_search_terms_from_string (const char *text)
{
  g_autoptr (FrSearchTerms) self = g_new0 (FrSearchTerms, 1);
  g_auto (GStrv) fields = NULL;

  if (strnlen (text, FR_SEARCH_TERMS_MAX_STRING + 1) > FR_SEARCH_TERMS_MAX_STRING)
    return NULL;
  fields = g_strsplit (text, "&", -1);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      char *value = strchr (fields[i], '=');

      if (value == NULL)
        return NULL;
      *value++ = '\0';
      if (!read_field (self, fields[i], value))
        return NULL;
    }
  if (self->words == NULL || (self->scope == FR_SCOPE_PERSON) == fr_peer_key_is_zero (&self->person))
    return NULL;
  return g_steal_pointer (&self);
}
