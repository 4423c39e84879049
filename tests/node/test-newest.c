/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>

#include "fr-newest-private.h"
#include "fr-people-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* What one's people share, over real links. Each node has added the one before it, and is not added by it. */

static char *
list_titles (GListModel *model)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (model, i);

      g_string_append_printf (titles, "%s|", fr_hit_get_title (hit));
    }
  return g_string_free (titles, FALSE);
}

static FrPerson *
find_person (NodeLab *lab, guint who, guint whom)
{
  return fr_people_find_key (fr_node_get_people (lab->nodes[who]), fr_node_get_key (lab->nodes[whom]));
}

static FrNewest *
newest_of (NodeLab *lab, guint who)
{
  return fr_node_get_newest (lab->nodes[who]);
}

typedef struct
{
  GListModel *model;
  const char *titles;
} Wanted;

static gboolean
has_titles (gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *titles = list_titles (wanted->model);

  return g_str_equal (titles, wanted->titles);
}

static gboolean
has_answers (gpointer newest)
{
  return fr_newest_get_n_asking (newest) == 0;
}

/* Asks again, and waits for the answers. */
static void
ask (NodeLab *lab, guint who, const char *titles)
{
  FrNewest *newest = newest_of (lab, who);
  Wanted wanted = { G_LIST_MODEL (newest), titles };

  fr_newest_ask (newest, NULL);
  g_assert_cmpuint (fr_newest_get_n_asking (newest), >, 0);
  fr_test_wait_until (has_answers, newest, 10);
  if (!has_titles (&wanted))
    {
      g_autofree char *found = list_titles (wanted.model);

      g_assert_cmpstr (found, ==, titles);
    }
}

static void
share (NodeLab *lab, guint who, const char *title, FrAudience audience)
{
  g_autoptr (GBytes) bytes = lab_make_picture (title, 10);

  lab_share_for (lab->nodes[who], bytes, title, audience);
}

static void
set_audience (NodeLab *lab, guint who, FrHit *hit, FrAudience audience)
{
  FrGallery *gallery = fr_node_get_gallery (lab->nodes[who]);
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_share_async (gallery, fr_hit_get_id (hit), 1, audience, NULL, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
  g_assert_true (fr_gallery_share_finish (gallery, result, NULL));
}

static gboolean
has_preview (gpointer hit)
{
  return fr_hit_get_preview (hit) != NULL;
}

/* And the store knows it. */
static gboolean
has_contact (gpointer data)
{
  FrNode *node = data;
  FrPeople *people = fr_node_get_people (node);
  g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (people), 0);

  return person != NULL && fr_person_is_contact (person) && people->n_writing == 0;
}

static void
test_two (void)
{
  NodeLab lab;
  FrNewest *newest;
  FrPerson *person;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  g_autoptr (GListModel) theirs = NULL;
  g_autofree char *titles = NULL;
  const gint64 today = g_get_real_time () / (24 * 3600 * (gint64) G_USEC_PER_SEC);

  lab_init (&lab, 2);
  newest = newest_of (&lab, 1);
  person = find_person (&lab, 1, 0);
  fr_test_wait_until (has_answers, newest, 10); /* asked by itself, on connecting */
  g_assert_cmpint (fr_newest_get_state (newest, person), ==, FR_NEWEST_ANSWERED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (newest)), ==, 0);
  g_assert_cmpint (fr_newest_get_state (newest_of (&lab, 0), find_person (&lab, 0, 1)), ==, FR_NEWEST_NOT_ASKED);

  share (&lab, 0, "Everyone", FR_AUDIENCE_EVERYONE);
  share (&lab, 0, "Contacts", FR_AUDIENCE_CONTACTS);
  share (&lab, 0, "Me", FR_AUDIENCE_ONLY_ME);
  ask (&lab, 1, "Everyone|"); /* who has not been added is a stranger */
  lab_add_person (lab.nodes[0], "node-1");
  fr_test_wait_until (has_contact, lab.nodes[0], 5);
  ask (&lab, 1, "Everyone|Contacts|"); /* what comes later stands below, on the same day */
  g_assert_cmpuint (fr_newest_get_n_fresh (newest), ==, 2);
  theirs = fr_newest_of (newest, person);
  titles = list_titles (theirs);
  g_assert_cmpstr (titles, ==, "Everyone|Contacts|");

  hit = g_list_model_get_item (G_LIST_MODEL (newest), 1);
  g_assert_cmpuint (fr_hit_get_shared_day (hit), >=, today - 1);
  g_assert_true (fr_hit_get_fresh (hit));
  g_assert_cmpuint (fr_hit_get_n_holders (hit), ==, 1);
  fr_test_wait_until (has_preview, hit, 10);
  fr_newest_mark_seen (newest, fr_hit_get_id (hit));
  fr_newest_mark_seen (newest, fr_hit_get_id (hit));
  g_assert_false (fr_hit_get_fresh (hit));
  g_assert_cmpuint (fr_newest_get_n_fresh (newest), ==, 1);
  fetch = lab_fetch_whole (lab.nodes[1], hit);

  set_audience (&lab, 0, hit, FR_AUDIENCE_ONLY_ME); /* what is not shared any more goes */
  ask (&lab, 1, "Everyone|");
  g_assert_cmpuint (g_list_model_get_n_items (theirs), ==, 1);
  fr_people_remove (fr_node_get_people (lab.nodes[1]), person);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (newest)), ==, 0);
  g_assert_cmpuint (fr_newest_get_n_fresh (newest), ==, 0);
  g_clear_object (&fetch);
  lab_clear (&lab);
}

static gboolean
is_away (gpointer person)
{
  return fr_person_get_state (person) != FR_PERSON_HERE;
}

/* What somebody has said stays when they go; and when they are back, they are asked again. */
static void
test_away (void)
{
  NodeLab lab = { 0 };
  FrPerson *person;
  g_autofree char *server = NULL, *titles = NULL;
  g_autoptr (GListModel) model = NULL;

  lab_init (&lab, 1);
  server = g_strdup (fr_node_get_server (lab.nodes[0]));
  lab_add_node (&lab, "Node 1", server);
  share (&lab, 1, "First", FR_AUDIENCE_EVERYONE);
  lab_add_node (&lab, "Node 2", server);
  person = lab_add_person (lab.nodes[2], "node-1");
  fr_test_wait_until (lab_is_here, person, 15);
  fr_test_wait_until (has_answers, newest_of (&lab, 2), 10);
  model = g_object_ref (G_LIST_MODEL (newest_of (&lab, 2)));
  titles = list_titles (model);
  g_assert_cmpstr (titles, ==, "First|");

  lab_close_node (lab.nodes[1]);
  lab.nodes[1] = NULL;
  fr_test_wait_until (is_away, person, 10);
  g_assert_cmpint (fr_newest_get_state (newest_of (&lab, 2), person), ==, FR_NEWEST_NOT_ASKED);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  fr_newest_ask (newest_of (&lab, 2), NULL);
  g_assert_cmpuint (fr_newest_get_n_asking (newest_of (&lab, 2)), ==, 0);

  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  share (&lab, 1, "Second", FR_AUDIENCE_EVERYONE);
  fr_people_retry (fr_node_get_people (lab.nodes[2]), person);
  {
    Wanted wanted = { model, "First|Second|" };

    fr_test_wait_until (has_titles, &wanted, 20);
  }
  g_clear_object (&model);
  lab_clear (&lab);
}

typedef struct
{
  FrSearch *search;
  guint n; /* holders or pictures */
} Holders;

static gboolean
has_holders (gpointer data)
{
  const Holders *wanted = data;

  return fr_search_get_n_holders (wanted->search) >= wanted->n;
}

static FrSearch *
search (NodeLab *lab, guint who, FrSearchScope scope, guint whom)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new ("harbour");
  g_autoptr (GError) error = NULL;
  FrSearch *found;

  terms->scope = scope;
  if (scope == FR_SCOPE_PERSON)
    terms->person = *fr_node_get_key (lab->nodes[whom]);
  found = fr_node_search_terms (lab->nodes[who], terms, &error);
  g_assert_no_error (error);
  return found;
}

static gboolean
has_pictures (gpointer data)
{
  const Holders *wanted = data;

  return g_list_model_get_n_items (G_LIST_MODEL (wanted->search)) >= wanted->n;
}

static guint
count_titles (const char *titles)
{
  guint n = 0;

  for (; *titles != '\0'; titles++)
    n += *titles == '|';
  return n;
}

/* In a line of three: who is asked, and who is not. */
static void
test_scopes (void)
{
  static const struct
  {
    guint who;
    FrSearchScope scope;
    guint whom;
    guint n_asked;
    const char *titles;
  } rows[] = {
    { 1, FR_SCOPE_PEOPLE, 0, 1, "Harbour 0|Harbour 1|" }, /* the third has added us, not we them */
    { 1, FR_SCOPE_PERSON, 0, 1, "Harbour 0|" },
    { 1, FR_SCOPE_PERSON, 2, 1, "Harbour 2|" },
    { 1, FR_SCOPE_MINE, 0, 0, "Harbour 1|" },
    { 2, FR_SCOPE_PEOPLE, 0, 1, "Harbour 1|Harbour 2|" }, /* theirs are not asked */
    { 2, FR_SCOPE_PERSON, 0, 0, "" },                     /* somebody who is not linked to us */
  };
  NodeLab lab;

  lab_init (&lab, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *title = g_strdup_printf ("Harbour %u", i);

      share (&lab, i, title, FR_AUDIENCE_EVERYONE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrSearch) some = search (&lab, rows[i].who, rows[i].scope, rows[i].whom);
      g_autoptr (FrSearch) all = search (&lab, rows[i].who, FR_SCOPE_EVERYONE, 0);
      g_autofree char *titles = NULL;
      g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_free);
      Holders everybody = { all, 2 }, asked = { some, rows[i].n_asked };
      Holders expected = { some, count_titles (rows[i].titles) };

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      fr_test_wait_until (has_holders, &asked, 10);
      fr_test_wait_until (has_pictures, &expected, 10); /* one's own too */
      fr_test_wait_until (has_holders, &everybody, 10); /* by then others would have answered too */
      for (guint k = 0; k < 3; k++)
        for (guint n = 0; n < g_list_model_get_n_items (G_LIST_MODEL (some)); n++)
          {
            g_autofree char *title = g_strdup_printf ("Harbour %u", k);
            g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (some), n);

            if (g_str_equal (fr_hit_get_title (hit), title))
              g_ptr_array_add (sorted, g_strdup_printf ("%s|", title));
          }
      g_ptr_array_add (sorted, NULL);
      titles = g_strjoinv ("", (char **) sorted->pdata);
      g_assert_cmpstr (titles, ==, rows[i].titles);
      g_assert_cmpuint (fr_search_get_n_asked (some), ==, rows[i].n_asked);
      fr_search_stop (some);
      fr_search_stop (all);
    }
  lab_clear (&lab);
}

/* What was shown is there after a restart, before anybody is; and what was looked at is not new again. */
static void
test_restart (void)
{
  NodeLab lab;
  FrNewest *newest;
  g_autoptr (FrHit) seen = NULL;

  lab_init (&lab, 2);
  fr_test_wait_until (has_answers, newest_of (&lab, 1), 10);
  share (&lab, 0, "First", FR_AUDIENCE_EVERYONE);
  share (&lab, 0, "Second", FR_AUDIENCE_EVERYONE);
  ask (&lab, 1, "Second|First|");
  seen = g_list_model_get_item (G_LIST_MODEL (newest_of (&lab, 1)), 1);
  fr_test_wait_until (has_preview, seen, 10);
  fr_newest_mark_seen (newest_of (&lab, 1), fr_hit_get_id (seen));
  g_clear_object (&seen);
  lab_close_node (lab.nodes[1]);
  lab_close_node (g_steal_pointer (&lab.nodes[0]));

  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  newest = newest_of (&lab, 1);
  {
    Wanted wanted = { G_LIST_MODEL (newest), "Second|First|" };

    fr_test_wait_until (has_titles, &wanted, 5);
  }
  g_assert_cmpuint (fr_newest_get_n_fresh (newest), ==, 1);
  seen = g_list_model_get_item (G_LIST_MODEL (newest), 1);
  g_assert_false (fr_hit_get_fresh (seen));
  g_assert_nonnull (fr_hit_get_preview (seen));
  g_assert_cmpuint (fr_hit_get_n_holders (seen), ==, 1);
  g_clear_object (&seen);
  lab_clear (&lab);
}

static gboolean
is_unreadable (gpointer newest)
{
  return fr_newest_get_unreadable (newest);
}

/* Where it cannot be read any more that is known, and it comes again. */
static void
test_unreadable (void)
{
  g_autofree char *path = NULL;
  sqlite3 *connection;
  NodeLab lab;

  lab_init (&lab, 2);
  fr_test_wait_until (has_answers, newest_of (&lab, 1), 10);
  share (&lab, 0, "First", FR_AUDIENCE_EVERYONE);
  ask (&lab, 1, "First|");
  g_assert_false (fr_newest_get_unreadable (newest_of (&lab, 1)));
  lab_close_node (lab.nodes[1]);
  path = g_build_filename (lab.folders[1], "freshet.db", NULL);
  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, "ALTER TABLE shown RENAME TO lost", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (connection);

  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  fr_test_wait_until (is_unreadable, newest_of (&lab, 1), 5);
  lab_clear (&lab);
}

void
test_newest_add (void)
{
  g_test_add_func ("/node/newest/two", test_two);
  g_test_add_func ("/node/newest/away", test_away);
  g_test_add_func ("/node/newest/restart", test_restart);
  g_test_add_func ("/node/newest/unreadable", test_unreadable);
  g_test_add_func ("/node/newest/scopes", test_scopes);
}
