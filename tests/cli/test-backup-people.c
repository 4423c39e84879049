/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-backup-people.h"

#include <string.h>

#include "fr-control-error.h"
#include "fr-test-support.h"
#include "tests.h"

#define KEY "abababababababababababababababababababababababababababababababab"

static FrBackupPeople *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return fr_backup_people_parse (bytes, error);
}

static void
test_round_trip (void)
{
  g_autoptr (FrBackupPeople) people = fr_backup_people_new (), again = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  const FrPeerKey key = { { 1, 2, 3 } };
  FrPersonRecord *anna = fr_person_record_new (&key, "Anna \"A.\"", "ws://example.org:9000", "anna");
  FrPersonRecord *boris = fr_person_record_new (NULL, "Boris é", NULL, NULL);

  people->name = g_strdup ("Zoë");
  anna->checked = anna->blocked = TRUE;
  fr_person_record_set_doorbell (anna, "ws://anna.example.org:9000");
  boris->auto_connect = TRUE;
  g_ptr_array_add (people->people, anna);
  g_ptr_array_add (people->people, boris);
  text = fr_backup_people_format (people);
  again = fr_backup_people_parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->name, ==, "Zoë");
  g_assert_cmpuint (again->people->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const FrPersonRecord *before = people->people->pdata[i], *after = again->people->pdata[i];

      g_assert_true (fr_peer_key_equal (&before->key, &after->key));
      g_assert_cmpstr (before->name, ==, after->name);
      g_assert_cmpstr (before->server, ==, after->server);
      g_assert_cmpstr (before->address, ==, after->address);
      g_assert_cmpstr (before->doorbell, ==, after->doorbell);
      g_assert_cmpint (before->blocked, ==, after->blocked);
      g_assert_cmpint (before->checked, ==, after->checked);
      g_assert_cmpint (before->auto_connect, ==, after->auto_connect);
    }
}

static void
test_lines (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
  } rows[] = {
    { "", TRUE },
    { "{\"version\":1}\n", TRUE },
    { "{\"version\":1,\"name\":\"Zoe\",\"doorbell\":{}}\n{\"name\":\"Anna\",\"words\":[1]}", TRUE },
    { "{\"version\":0}\n", FALSE },
    { "{\"version\":2}\n", FALSE },
    { "{}\n", FALSE },
    { "hello\n", FALSE },
    { "{\"version\":1}\n\n", FALSE },
    { "{\"version\":1}\n{}\n", FALSE },
    { "{\"version\":1}\n{\"name\":7}\n", FALSE },
    { "{\"version\":1}\n{\"name\":\"Anna\",\"key\":\"ab\"}\n", FALSE },
    { "{\"version\":1}\n{\"name\":\"Anna\",\"key\":\"" KEY "\"}\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrBackupPeople) people = parse (rows[i].text, &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (people != NULL, ==, rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED);
    }
}

static void
test_bounds (void)
{
  static const struct
  {
    const char *member;
    gsize max;
  } texts[] = { { "name", FR_PERSON_MAX_NAME }, { "server", FR_PERSON_MAX_SERVER }, { "address", FR_PERSON_MAX_ADDRESS },
                { "doorbell", FR_PERSON_MAX_SERVER } };
  g_autoptr (GString) many = g_string_new ("{\"version\":1}\n");
  g_autoptr (FrBackupPeople) most = NULL, more = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize extra = 0; extra < 2; extra++)
      {
        g_autofree char *value = g_strnfill (texts[i].max + extra, 'x');
        g_autofree char *text = g_strdup_printf ("{\"version\":1}\n{%s\"%s\":\"%s\"}\n", i > 0 ? "\"name\":\"y\"," : "",
                                                 texts[i].member, value);
        g_autoptr (FrBackupPeople) people = parse (text, NULL);

        g_assert_cmpint (people != NULL, ==, extra == 0);
      }
  for (guint i = 0; i < FR_BACKUP_MAX_PEOPLE; i++)
    g_string_append (many, "{\"name\":\"y\"}\n");
  most = parse (many->str, NULL);
  g_assert_cmpuint (most->people->len, ==, FR_BACKUP_MAX_PEOPLE);
  g_string_append (many, "{\"name\":\"y\"}\n");
  more = parse (many->str, NULL);
  g_assert_null (more);
}

/* Nobody is checked who has no key; what an earlier version did not say is as it was then. */
static void
test_checked (void)
{
  g_autoptr (FrBackupPeople) people
    = parse ("{\"version\":1}\n{\"name\":\"Anna\",\"checked\":true}\n"
             "{\"name\":\"Boris\",\"key\":\"" KEY "\"}\n",
             NULL);

  g_assert_cmpuint (people->people->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const FrPersonRecord *person = people->people->pdata[i];

      g_assert_false (person->checked);
      g_assert_cmpstr (person->doorbell, ==, "");
    }
}

void
test_backup_people_add (void)
{
  g_test_add_func ("/cli/backup-people/round-trip", test_round_trip);
  g_test_add_func ("/cli/backup-people/lines", test_lines);
  g_test_add_func ("/cli/backup-people/bounds", test_bounds);
  g_test_add_func ("/cli/backup-people/checked", test_checked);
}
