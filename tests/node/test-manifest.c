/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-manifest.h"

#include <string.h>

#include "fr-json-guard.h"
#include "fr-test-support.h"
#include "tests.h"

#define CONTENT "abababababababababababababababababababababababababababababababab"
#define FIRST "{\"kind\":\"freshet gallery\",\"version\":1,\"pictures\":1,\"people\":0}\n"
#define ENTRY "{\"kind\":\"picture\",\"file\":\"a.jpg\",\"content\":\"" CONTENT "\",\"size\":5,\"title\":\"A\"}\n"
#define END "{\"kind\":\"end\",\"pictures\":1}\n"

static FrManifest *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text)); /* no byte behind it */

  return fr_manifest_parse (bytes, error);
}

static FrPicture *
make_picture (guint number, FrAudience audience, guint n_readers)
{
  g_autofree char *title = g_strdup_printf ("Picture %u \"quoted\" \\ é", number);
  static const char *const tags[] = { "harbour", "two words", "{}", NULL };
  FrPicture *picture = fr_picture_new ();
  FrPeerKey keys[FR_AUDIENCE_MAX_READERS];
  g_autoptr (GBytes) readers = NULL;

  memset (&picture->id, (int) number + 1, sizeof picture->id);
  picture->original_id = picture->id;
  fr_picture_set_text (picture, title, "First line\nsecond\tline", tags);
  for (guint i = 0; i < n_readers; i++)
    keys[i] = (FrPeerKey) { { (guint8) (i + 1), 9 } };
  readers = n_readers > 0 ? fr_audience_list_readers (keys, n_readers) : NULL;
  fr_picture_set_audience (picture, audience, readers);
  if (number % 2 == 1)
    fr_picture_set_origin (picture, &(FrPeerKey){ { 7 } }, number == 1 ? "Bob \"B.\" é" : NULL);
  g_free (picture->mime);
  picture->mime = g_strdup ("image/jpeg");
  picture->size = 1000 + number;
  picture->width = 640;
  picture->height = 480;
  picture->added_us = 1700000000000000 + number;
  picture->metadata = number == 0 ? FR_METADATA_KEPT : FR_METADATA_UNTOUCHED; /* of the others nothing is believed */
  picture->removed = number == 2 ? 0x15 : 0;
  return picture;
}

static void
assert_same (const FrPicture *a, const FrPicture *b)
{
  g_assert_true (fr_content_id_equal (&a->id, &b->id));
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpstrv (a->tags, b->tags);
  g_assert_cmpstr (a->mime, ==, b->mime);
  g_assert_cmpuint (a->size, ==, b->size);
  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_cmpint (a->added_us, ==, b->added_us);
  g_assert_cmpint (a->audience, ==, b->audience);
  g_assert_true (a->readers == b->readers || g_bytes_equal (a->readers, b->readers));
  g_assert_true (fr_peer_key_equal (&a->origin, &b->origin));
  g_assert_cmpstr (a->origin_name, ==, b->origin_name);
  g_assert_cmpint (a->metadata, ==, b->metadata);
  g_assert_cmpuint (a->removed, ==, b->removed);
}

static void
test_round_trip (void)
{
  g_autoptr (FrManifest) list = fr_manifest_new (), again = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  const FrPeerKey anna = { { 1, 9 } };

  for (guint i = 0; i < 4; i++)
    {
      guint n_readers = i == FR_AUDIENCE_CHOSEN ? FR_AUDIENCE_MAX_READERS : 0;
      g_autoptr (FrPicture) picture = make_picture (i, (FrAudience) i, n_readers);
      g_autofree char *file = g_strdup_printf ("Picture %u é.jpg", i);

      fr_manifest_add (list, picture, file, i == 2 ? "Original é.jpg" : NULL);
    }
  fr_manifest_add_person (list, &anna, "Anna \"A.\"");
  text = fr_manifest_format (list, NULL);
  again = fr_manifest_parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->entries->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const FrManifestEntry *before = list->entries->pdata[i], *after = again->entries->pdata[i];

      g_assert_cmpstr (before->file, ==, after->file);
      g_assert_cmpstr (before->original, ==, after->original);
      assert_same (before->picture, after->picture);
    }
  g_assert_cmpuint (again->people->len, ==, 1);
  g_assert_cmpstr (((FrManifestPerson *) again->people->pdata[0])->name, ==, "Anna \"A.\"");
  g_assert_true (fr_peer_key_equal (&((FrManifestPerson *) again->people->pdata[0])->key, &anna));
}

/* The longest of everything, in letters that take the most room, still is a line that can be read. */
static void
test_longest_line (void)
{
  g_autoptr (FrManifest) list = fr_manifest_new (), again = NULL;
  g_autoptr (FrPicture) picture = make_picture (0, FR_AUDIENCE_CHOSEN, FR_AUDIENCE_MAX_READERS);
  g_autofree char *title = g_strnfill (FR_PICTURE_MAX_TITLE, '"');
  g_autofree char *description = g_strnfill (FR_PICTURE_MAX_DESCRIPTION, '\n');
  g_autofree char *tag = g_strnfill (FR_PICTURE_MAX_TAG, '\\');
  g_autofree char *file = g_strnfill (FR_MANIFEST_MAX_FILE_NAME, 'x');
  const char *tags[FR_PICTURE_MAX_TAGS + 1] = { NULL };
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < FR_PICTURE_MAX_TAGS; i++)
    tags[i] = tag;
  fr_picture_set_text (picture, title, description, tags);
  fr_manifest_add (list, picture, file, file);
  text = fr_manifest_format (list, NULL);
  again = fr_manifest_parse (text, &error);
  g_assert_no_error (error);
  assert_same (picture, ((FrManifestEntry *) again->entries->pdata[0])->picture);
}

static const struct
{
  const char *name;
  const char *text;
  int code; /* -1: good */
} rows[] = {
  { "good", FIRST ENTRY END, -1 },
  { "no last line feed", FIRST ENTRY "{\"kind\":\"end\",\"pictures\":1}", -1 },
  { "unknown member", FIRST "{\"kind\":\"picture\",\"file\":\"a.jpg\",\"content\":\"" CONTENT
    "\",\"size\":5,\"title\":\"A\",\"original\":{\"a\":[1]}}\n" END, -1 },
  { "unknown kind", FIRST "{\"kind\":\"album\"}\n" ENTRY END, -1 },
  { "empty", "", FR_MANIFEST_ERROR_NOT_ONE },
  { "text", "hello\n", FR_MANIFEST_ERROR_NOT_ONE },
  { "array", "[]\n", FR_MANIFEST_ERROR_NOT_ONE },
  { "other kind", "{\"kind\":\"picture\"}\n", FR_MANIFEST_ERROR_NOT_ONE },
  { "no version", "{\"kind\":\"freshet gallery\"}\n" END, FR_MANIFEST_ERROR_NOT_ONE },
  { "version 0", "{\"kind\":\"freshet gallery\",\"version\":0}\n" END, FR_MANIFEST_ERROR_NOT_ONE },
  { "version 2", "{\"kind\":\"freshet gallery\",\"version\":2}\n" END, FR_MANIFEST_ERROR_NEWER },
  { "cut off", FIRST ENTRY, FR_MANIFEST_ERROR_DAMAGED },
  { "cut off in a line", FIRST "{\"kind\":\"pict", FR_MANIFEST_ERROR_DAMAGED },
  { "one less", FIRST END, FR_MANIFEST_ERROR_DAMAGED },
  { "after the end", FIRST ENTRY END ENTRY, FR_MANIFEST_ERROR_DAMAGED },
  { "empty line", FIRST "\n" ENTRY END, FR_MANIFEST_ERROR_DAMAGED },
  { "person without a key", FIRST "{\"kind\":\"person\",\"name\":\"Anna\"}\n" ENTRY END, FR_MANIFEST_ERROR_DAMAGED },
};

static void
test_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrManifest) list = parse (rows[i].text, &error);

      g_test_message ("%s", rows[i].name);
      if (rows[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, FR_MANIFEST_ERROR, rows[i].code);
      g_assert_cmpint (list != NULL, ==, rows[i].code < 0);
    }
}

/* No name leads out of the folder, hides in it, or is the list itself; other members are of their kind and in range. */
static void
test_hostile_members (void)
{
  static const struct
  {
    const char *member;
    gboolean good;
  } members[] = {
    { "\"file\":\"b.jpg\"", TRUE },
    { "\"file\":\"..\"", FALSE },
    { "\"file\":\".\"", FALSE },
    { "\"file\":\"\"", FALSE },
    { "\"file\":\"/etc/passwd\"", FALSE },
    { "\"file\":\"../../etc/passwd\"", FALSE },
    { "\"file\":\"a/b.jpg\"", FALSE },
    { "\"file\":\".hidden\"", FALSE },
    { "\"file\":\"gallery.jsonl\"", FALSE },
    { "\"file\":\"a\\u0000b\"", FALSE },
    { "\"file\":7", FALSE },
    { "\"file\":null", FALSE },
    { "\"content\":\"abc\"", FALSE },
    { "\"content\":\"zb" "ababababababababababababababababababababababababababababababab\"", FALSE },
    { "\"content\":[]", FALSE },
    { "\"size\":0", FALSE },
    { "\"size\":-1", FALSE },
    { "\"size\":1.5", FALSE },
    { "\"size\":536870912", TRUE },
    { "\"size\":536870913", FALSE },
    { "\"title\":null", FALSE },
    { "\"tags\":[\"a\",\"b\"]", TRUE },
    { "\"tags\":[\"\"]", FALSE },
    { "\"tags\":[1]", FALSE },
    { "\"tags\":[\"a\\nb\"]", FALSE },
    { "\"tags\":\"a\"", TRUE }, /* no list is an empty one */
    { "\"from\":\"abc\"", FALSE },
    { "\"from\":\"" CONTENT "\"", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *parts[] = { "\"file\":\"a.jpg\"", "\"content\":\"" CONTENT "\"", "\"size\":5", "\"title\":\"A\"",
                              "\"tags\":[]" };
      g_autoptr (GString) text = g_string_new (FIRST "{\"kind\":\"picture\"");
      gsize length = (gsize) (strchr (members[i].member, ':') - members[i].member);
      g_autoptr (FrManifest) list = NULL;

      for (gsize j = 0; j < G_N_ELEMENTS (parts); j++)
        if (strncmp (parts[j], members[i].member, length) != 0)
          g_string_append_printf (text, ",%s", parts[j]);
      g_string_append_printf (text, ",%s}\n" END, members[i].member);
      list = parse (text->str, NULL);
      g_test_message ("%s", members[i].member);
      g_assert_cmpint (list != NULL, ==, members[i].good);
    }
}

/* Who may see a picture is never more than what can be understood; a date is not in the future; no text turns a line
 * around. */
static void
test_careful (void)
{
  static const char text[]
    = FIRST "{\"kind\":\"picture\",\"file\":\"a.jpg\",\"content\":\"" CONTENT "\",\"size\":5,"
            "\"title\":\"gpj.\xe2\x80\xae" "a\\u0007b\",\"audience\":\"friends of friends\","
            "\"added\":999999999999999999}\n" END;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrManifest) list = parse (text, &error);
  const FrPicture *picture;

  g_assert_no_error (error);
  picture = ((FrManifestEntry *) list->entries->pdata[0])->picture;
  g_assert_cmpint (picture->audience, ==, FR_AUDIENCE_ONLY_ME);
  g_assert_cmpint (picture->added_us, ==, 0);
  g_assert_cmpstr (picture->title, ==, "gpj.ab");
}

static void
test_text_bounds (void)
{
  static const struct
  {
    const char *member;
    gsize max;
  } texts[] = { { "title", FR_PICTURE_MAX_TITLE }, { "file", FR_MANIFEST_MAX_FILE_NAME } };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize more = 0; more < 2; more++)
      {
        g_autofree char *value = g_strnfill (texts[i].max + more, 'x');
        g_autofree char *text = g_strdup_printf (
          FIRST "{\"kind\":\"picture\",\"content\":\"" CONTENT "\",\"size\":5,\"%s\":\"y\",\"%s\":\"%s\"}\n" END,
          i == 0 ? "file" : "title", texts[i].member, value);
        g_autoptr (FrManifest) list = parse (text, NULL);

        g_assert_cmpint (list != NULL, ==, more == 0);
      }
}

/* At the limit and one past it: pictures, and the length of a line. */
static void
test_bounds (void)
{
  g_autofree char *blanks = g_strnfill (FR_JSON_MAX_SIZE - strlen ("{\"kind\":\"x\"}"), ' ');
  g_autoptr (GError) error = NULL;

  g_assert_true (fr_manifest_has_room (FR_MANIFEST_MAX_PICTURES, NULL));
  g_assert_false (fr_manifest_has_room (FR_MANIFEST_MAX_PICTURES + 1, &error));
  g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_TOO_LARGE);
  for (guint more = 0; more < 2; more++)
    {
      g_autofree char *text = g_strdup_printf (FIRST "{\"kind\":\"x\"%s%s}\n" ENTRY END, blanks, more > 0 ? " " : "");
      g_autoptr (FrManifest) line = parse (text, NULL);

      g_assert_cmpint (line != NULL, ==, more == 0);
    }
}

static void
test_people_bound (void)
{
  g_autoptr (GString) many = g_string_new (FIRST ENTRY);

  for (guint i = 0; i < FR_MANIFEST_MAX_PEOPLE; i++)
    g_string_append (many, "{\"kind\":\"person\",\"key\":\"" CONTENT "\",\"name\":\"\"}\n");
  for (guint more = 0; more < 2; more++)
    {
      g_autofree char *text
        = g_strdup_printf ("%s%s" END, many->str, more > 0 ? strrchr (many->str, '{') : "");
      g_autoptr (GError) error = NULL;
      g_autoptr (FrManifest) list = parse (text, &error);

      g_assert_cmpint (list != NULL, ==, more == 0);
      if (more > 0)
        g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_TOO_LARGE);
    }
}

/* Whatever is in it: an error or a list, and nothing that sanitizers mind. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  static const char good[] = FIRST ENTRY "{\"kind\":\"person\",\"key\":\"" CONTENT "\",\"name\":\"Anna\"}\n" END;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *text = g_memdup2 (good, sizeof good);
      gsize size = (gsize) g_rand_int_range (rand, 0, sizeof good);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (FrManifest) list = NULL;

      for (guint j = 0; j < 3; j++)
        text[g_rand_int_range (rand, 0, sizeof good)] = (char) g_rand_int_range (rand, 0, 256);
      bytes = g_bytes_new (text, i % 3 == 0 ? size : sizeof good - 1);
      list = fr_manifest_parse (bytes, NULL);
    }
}

void
test_manifest_add (void)
{
  g_test_add_func ("/node/manifest/round-trip", test_round_trip);
  g_test_add_func ("/node/manifest/longest-line", test_longest_line);
  g_test_add_func ("/node/manifest/lines", test_lines);
  g_test_add_func ("/node/manifest/hostile-members", test_hostile_members);
  g_test_add_func ("/node/manifest/careful", test_careful);
  g_test_add_func ("/node/manifest/text-bounds", test_text_bounds);
  g_test_add_func ("/node/manifest/bounds", test_bounds);
  g_test_add_func ("/node/manifest/people-bound", test_people_bound);
  g_test_add_func ("/node/manifest/random", test_random);
}
