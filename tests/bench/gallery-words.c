/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery.h"

#include <string.h>

/* How many titles are remembered, to ask for parts of them. */
#define MAX_TITLES 500

#define MAX_TAGS 4

struct _GalleryWords
{
  GRand *rand;       /* owned, both */
  GPtrArray *titles; /* what phrases are taken from */
};

/* The frequent ones first. */
static const char *const subjects[] = {
  "Harbour",    "Garden",    "Mountain",  "Birthday",    "Beach",    "Sunset",     "Street",    "Bridge",
  "Forest",     "River",     "Market",    "Wedding",     "Castle",   "Lighthouse", "Cat",       "Dog",
  "Snow",       "Church",    "Lake",      "Window",      "Train",    "Boat",       "Flower",    "Rainbow",
  "Kitchen",    "Waterfall", "Butterfly", "Storm",       "Meadow",   "Orchard",    "Fireworks", "Café",
  "Playground", "Library",   "Bicycle",   "Sculpture",   "Tunnel",   "Windmill",   "Ladybird",  "Heron",
  "Squirrel",   "Carousel",  "Workshop",  "Observatory", "Vineyard", "Hedgehog",   "Glacier",   "Concert",
  "Marathon",   "Allotment",
};

static const char *const qualities[] = {
  "Old",   "Summer", "Little", "Evening",   "Morning", "White",   "Our",    "Red",      "Winter",   "Last",
  "First", "Quiet",  "Green",  "Foggy",     "Golden",  "Crowded", "Frozen", "Autumn",   "Blue",     "Broken",
  "Empty", "Bright", "Wild",   "Forgotten", "Narrow",  "Distant", "Sunny",  "Tropical", "Medieval", "Underwater",
};

static const char *const places[] = {
  "Hamburg", "Lisbon",     "the Alps",  "Barcelona", "Denmark",    "Prague", "Málaga", "Edinburgh",
  "Zürich",  "Kraków",     "Reykjavík", "Tallinn",   "Ærø",        "Girona", "Łódź",   "Brittany",
  "Kyoto",   "São Miguel", "Oslo",      "Vermont",   "Valparaíso", "Tromsø", "Ghent",  "Sardinia",
};

static const char *const people[] = {
  "Anna",  "Zoë", "Grandma", "Jürgen", "the children", "Paul",  "Inés", "Tom",   "Noor",
  "Chloé", "Mum", "Oskar",   "Lena",   "the team",     "Beñat", "Ewa",  "Émile",
};

static const char *const tags[] = {
  "holiday", "family", "nature",  "travel",    "friends",  "city",         "2019",   "2021",  "black and white",
  "sea",     "garden", "animals", "wallpaper", "portrait", "architecture", "hiking", "macro", "birds",
};

static const char *const kind_names[GALLERY_N_KINDS]
    = { "word", "part", "two", "phrase", "without", "short", "short_and_word", "miss" };

/* The further back in its list, the rarer, as it is with words. */
static const char *
pick_from (GRand *rand, const char *const *list, guint n)
{
  double at = g_rand_double (rand);

  return list[(guint) (at * at * n)];
}

#define PICK(self, list) pick_from ((self)->rand, list, G_N_ELEMENTS (list))

GalleryWords *
gallery_words_new (guint32 seed)
{
  GalleryWords *self = g_new (GalleryWords, 1);

  self->rand = g_rand_new_with_seed (seed);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
gallery_words_free (GalleryWords *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->titles);
  g_rand_free (self->rand);
  g_free (self);
}

static char *
make_camera_title (GalleryWords *self)
{
  return g_strdup_printf ("IMG_20%02d%02d%02d_%06d", g_rand_int_range (self->rand, 12, 25),
                          g_rand_int_range (self->rand, 1, 13), g_rand_int_range (self->rand, 1, 29),
                          g_rand_int_range (self->rand, 0, 240000));
}

static char *
make_title (GalleryWords *self)
{
  switch (g_rand_int_range (self->rand, 0, 6))
    {
    case 0:
      return g_strdup_printf ("%s %s", PICK (self, qualities), PICK (self, subjects));
    case 1:
      return g_strdup_printf ("%s in %s", PICK (self, subjects), PICK (self, places));
    case 2:
      return g_strdup_printf ("%s and %s in %s", PICK (self, people), PICK (self, people), PICK (self, places));
    case 3:
      return g_strdup_printf ("%s with %s", PICK (self, subjects), PICK (self, people));
    case 4:
      return g_strdup_printf ("%s %s near %s", PICK (self, qualities), PICK (self, subjects), PICK (self, places));
    default:
      return make_camera_title (self);
    }
}

/* A picture without bytes that somebody has given a title, perhaps tags, seldom a description. */
FrPicture *
gallery_words_describe (GalleryWords *self)
{
  FrPicture *picture = fr_picture_new ();
  g_autofree char *title = make_title (self);
  g_autofree char *description = NULL;
  const char *chosen[MAX_TAGS + 1] = { NULL };
  int n_tags = g_rand_int_range (self->rand, 0, MAX_TAGS + 1);

  for (int i = 0; i < n_tags; i++)
    chosen[i] = PICK (self, tags);
  if (g_rand_int_range (self->rand, 0, 5) == 0)
    description = g_strdup_printf ("A %s by the %s, taken by %s on the way to %s.", PICK (self, subjects),
                                   PICK (self, subjects), PICK (self, people), PICK (self, places));
  fr_picture_set_text (picture, title, description, chosen);
  if (self->titles->len < MAX_TITLES)
    g_ptr_array_add (self->titles, g_steal_pointer (&title));
  return picture;
}

/* Three to five letters from anywhere in a word. */
static char *
cut_part (GalleryWords *self)
{
  const char *word = PICK (self, subjects);
  glong length = g_utf8_strlen (word, -1);
  gint32 wanted = g_rand_int_range (self->rand, 3, 6);
  glong n = MIN (length, wanted);
  glong at = g_rand_int_range (self->rand, 0, (gint32) (length - n + 1));

  return g_utf8_substring (word, at, at + n);
}

/* One or two letters from the beginning of a word. */
static char *
cut_short (GalleryWords *self)
{
  return g_utf8_substring (PICK (self, people), 0, g_rand_int_range (self->rand, 1, 3));
}

/* No English word has these next to each other. */
static char *
make_miss (GalleryWords *self)
{
  return g_strdup_printf ("%sqx%c", PICK (self, subjects), g_rand_int_range (self->rand, 'a', 'z' + 1));
}

static char *
take_phrase (GalleryWords *self)
{
  gint32 at = g_rand_int_range (self->rand, 0, (gint32) self->titles->len);

  return g_strdup_printf ("\"%s\"", (const char *) self->titles->pdata[at]);
}

/* Once pictures have been described. */
char *
gallery_words_ask (GalleryWords *self, GalleryKind kind)
{
  g_autofree char *part = NULL;

  switch (kind)
    {
    case GALLERY_PART:
      return cut_part (self);
    case GALLERY_TWO:
      return g_strdup_printf ("%s %s", PICK (self, subjects), PICK (self, places));
    case GALLERY_PHRASE:
      return take_phrase (self);
    case GALLERY_WITHOUT:
      return g_strdup_printf ("%s -%s", PICK (self, subjects), PICK (self, qualities));
    case GALLERY_SHORT:
      return cut_short (self);
    case GALLERY_SHORT_AND_WORD:
      part = cut_short (self);
      return g_strdup_printf ("%s %s", part, PICK (self, subjects));
    case GALLERY_MISS:
      return make_miss (self);
    default:
      return g_strdup (PICK (self, subjects));
    }
}

const char *
gallery_kind_get_name (GalleryKind kind)
{
  return kind_names[kind];
}
