/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-node-private.h"
#include "fr-search-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* Searches that are kept and asked again, over real links. Each node has added the one before it. */

static const FrWishPace brisk = { .every = 200, .gather = 50, .least = 100, .listen = 1200 };
static const FrWishPace never = { .every = 3600 * 1000, .gather = 50, .least = 50, .listen = 1200 }; /* by itself */

typedef struct
{
  FrWishes *wishes;
  guint n_signals;
  guint n_new;   /* of the last one */
  guint n_asked; /* times that any wish was asked to the end */
  guint n_asking;
  guint most_asking; /* at once */
} Watch;

static void
found_cb (FrWishes *wishes, FrWish *wish, guint n_new, Watch *watch)
{
  watch->n_signals++;
  watch->n_new = n_new;
}

static void
asking_cb (FrWish *wish, GParamSpec *pspec, Watch *watch)
{
  if (fr_wish_get_asking (wish))
    watch->n_asking++;
  else
    watch->n_asking--;
  watch->n_asked += !fr_wish_get_asking (wish);
  watch->most_asking = MAX (watch->most_asking, watch->n_asking);
}

static void
watch_wish (Watch *watch, FrWish *wish)
{
  g_signal_connect (wish, "notify::asking", G_CALLBACK (asking_cb), watch);
}

/* Watches the wishes of a node that are there, and has them asked so often. */
static void
watch_init (Watch *watch, FrNode *node, const FrWishPace *pace)
{
  *watch = (Watch) { .wishes = fr_node_get_wishes (node) };
  g_signal_connect (watch->wishes, "found", G_CALLBACK (found_cb), watch);
  fr_wishes_set_pace (watch->wishes, pace);
}

typedef struct
{
  guint *value;
  guint least;
} Count;

static gboolean
has_count (gpointer data)
{
  const Count *count = data;

  return *count->value >= count->least;
}

static void
await_count (guint *value, guint least)
{
  Count count = { value, least };

  fr_test_wait_until (has_count, &count, 25);
}

/* What is shared now, or was before, is found by the second asking from now on. */
static void
await_rounds (Watch *watch, guint n_wishes)
{
  await_count (&watch->n_asked, watch->n_asked + 2 * n_wishes);
}

static gboolean
is_loaded (gpointer wishes)
{
  return fr_wishes_get_loaded (wishes);
}

static FrWish *
wish_for (FrNode *node, const char *words)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new (words);
  g_autoptr (GError) error = NULL;
  FrWish *wish;

  fr_test_wait_until (is_loaded, fr_node_get_wishes (node), 5);
  wish = fr_wishes_add (fr_node_get_wishes (node), terms, &error);
  g_assert_no_error (error);
  return wish;
}

static void
share (FrNode *node, const char *title)
{
  g_autoptr (GBytes) bytes = lab_make_picture (title, 10);

  lab_share (node, bytes, title);
}

static gboolean
has_preview (gpointer hit)
{
  return fr_hit_get_preview (hit) != NULL;
}

static FrWish *
only_wish (FrNode *node)
{
  g_autoptr (FrWish) wish = NULL;

  fr_test_wait_until (is_loaded, fr_node_get_wishes (node), 5);
  wish = g_list_model_get_item (G_LIST_MODEL (fr_node_get_wishes (node)), 0);
  g_assert_nonnull (wish);
  return wish; /* the list has it */
}

/* Nothing at first, then what turns up: once, and not again after a restart, but for what is new then. */
static void
test_once (void)
{
  NodeLab lab;
  Watch watch;
  FrWish *wish;
  g_autoptr (FrHit) hit = NULL;

  lab_init (&lab, 2);
  wish = wish_for (lab.nodes[1], "harbour");
  watch_init (&watch, lab.nodes[1], &brisk);
  watch_wish (&watch, wish);
  await_rounds (&watch, 1);
  g_assert_cmpuint (watch.n_signals, ==, 0);
  g_assert_cmpint (fr_wish_get_asked_us (wish), >, 0);
  share (lab.nodes[0], "Harbour at night");
  share (lab.nodes[0], "A boat");
  await_count (&watch.n_signals, 1);
  g_assert_cmpuint (watch.n_new, ==, 1);
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 1);
  hit = g_list_model_get_item (fr_wish_get_found (wish), 0);
  g_assert_cmpstr (fr_hit_get_title (hit), ==, "Harbour at night");
  g_assert_true (fr_hit_get_fresh (hit) && fr_wish_is_new (wish, fr_hit_get_id (hit)));
  fr_test_wait_until (has_preview, hit, 5);
  await_rounds (&watch, 1);
  g_assert_cmpuint (watch.n_signals, ==, 1);
  g_clear_object (&hit);

  lab_close_node (lab.nodes[1]);
  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  wish = only_wish (lab.nodes[1]);
  g_assert_cmpstr (fr_wish_get_words (wish), ==, "harbour");
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 1);
  watch_init (&watch, lab.nodes[1], &brisk);
  watch_wish (&watch, wish);
  await_rounds (&watch, 1);
  g_assert_cmpuint (watch.n_signals, ==, 0);
  share (lab.nodes[0], "Harbour by day");
  await_count (&watch.n_signals, 1);
  g_assert_cmpuint (watch.n_new, ==, 1);
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 2);
  fr_wish_mark_seen (wish);
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (fr_wish_get_found (wish)), ==, 1);
  await_rounds (&watch, 1);
  g_assert_cmpuint (watch.n_signals, ==, 1);
  lab_clear (&lab);
}

/* One's own, what was kept, what a filter leaves out, and what somebody blocked has, two links away. */
static void
test_not_told (void)
{
  NodeLab lab;
  Watch watch;
  FrWish *wish, *tall;
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new ("harbour");

  lab_init (&lab, 3);
  lab_add_person (lab.nodes[2], "node-0");
  fr_test_wait_until (lab_is_here, fr_people_find_address (fr_node_get_people (lab.nodes[2]), "node-0"), 15);
  fr_people_block (fr_node_get_people (lab.nodes[2]),
                   fr_people_find_key (fr_node_get_people (lab.nodes[2]), fr_node_get_key (lab.nodes[0])));
  share (lab.nodes[0], "Harbour of somebody blocked");
  share (lab.nodes[1], "Harbour that both have");
  share (lab.nodes[2], "Harbour that both have");
  wish = wish_for (lab.nodes[2], "harbour");
  terms->shape = FR_SHAPE_TALL; /* these are wide */
  tall = fr_wishes_add (fr_node_get_wishes (lab.nodes[2]), terms, NULL);
  watch_init (&watch, lab.nodes[2], &brisk);
  watch_wish (&watch, wish);
  watch_wish (&watch, tall);
  await_rounds (&watch, 2);
  g_assert_cmpuint (watch.n_signals, ==, 0);
  g_assert_cmpuint (watch.most_asking, ==, 1); /* one after the other */
  share (lab.nodes[1], "Harbour of one’s people");
  await_count (&watch.n_signals, 1);
  g_assert_cmpuint (watch.n_new, ==, 1);
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 1);
  await_rounds (&watch, 2);
  g_assert_cmpuint (watch.n_signals, ==, 1);
  g_assert_cmpuint (fr_wish_get_n_new (tall), ==, 0);
  lab_clear (&lab);
}

/* Nobody is asked while nobody is here; whoever comes is asked at once, all others rarely. */
static void
test_who_comes (void)
{
  NodeLab lab = { 0 };
  Watch watch;
  FrWish *wish;
  FrPerson *person;
  g_autofree char *server = NULL;

  lab_init (&lab, 1);
  server = g_strdup (fr_node_get_server (lab.nodes[0]));
  share (lab.nodes[0], "Harbour");
  lab_add_node (&lab, "Node 1", server);
  wish = wish_for (lab.nodes[1], "harbour");
  watch_init (&watch, lab.nodes[1], &never);
  watch_wish (&watch, wish);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (fr_wish_get_asking (wish));
  g_assert_null (watch.wishes->timer); /* nothing is planned at all */
  person = lab_add_person (lab.nodes[1], "node-0");
  fr_test_wait_until (lab_is_here, person, 15);
  await_count (&watch.n_signals, 1);
  g_assert_cmpuint (watch.n_asked, ==, 1);
  g_assert_cmpint (wish->due_us - wish->turn_us, >, (gint64) never.every * 700);
  g_assert_cmpint (wish->due_us - wish->turn_us, <, (gint64) never.every * 1300);
  lab_clear (&lab);
}

/* The person sees what is found: that is no news; what was news is marked in it. */
static void
test_watched (void)
{
  NodeLab lab;
  Watch watch;
  FrWish *wish;
  g_autoptr (FrSearch) search = NULL, again = NULL, once_more = NULL;
  g_autoptr (FrHit) hit = NULL, later = NULL;

  lab_init (&lab, 2);
  share (lab.nodes[0], "Harbour that is seen");
  hit = lab_search (lab.nodes[1], "harbour", &search);
  g_assert_false (fr_hit_get_fresh (hit));
  wish = wish_for (lab.nodes[1], "harbour");
  fr_wish_watch (wish, search);
  fr_search_stop (search);
  watch_init (&watch, lab.nodes[1], &brisk);
  watch_wish (&watch, wish);
  await_rounds (&watch, 1);
  g_assert_cmpuint (watch.n_signals, ==, 0);
  share (lab.nodes[0], "Harbour that is news");
  await_count (&watch.n_signals, 1);
  g_assert_cmpuint (watch.n_new, ==, 1);
  fr_wishes_set_pace (watch.wishes, &never);
  again = fr_node_search (lab.nodes[1], "walrus", NULL);
  fr_wish_watch (wish, again);
  g_assert_false (fr_wish_get_asking (wish)); /* it is asked just now */
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1); /* what was told of */
  later = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_assert_cmpstr (fr_hit_get_title (later), ==, "Harbour that is news");
  g_assert_true (fr_hit_get_fresh (later));
  fr_search_stop (again);
  once_more = fr_node_search (lab.nodes[1], "walrus", NULL);
  fr_wish_watch (wish, once_more);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (once_more)), ==, 1);
  g_assert_false (fr_hit_get_fresh (later)); /* that was looked at */
  lab_clear (&lab);
}

/* What is taken away is not asked any more, and may come back with what it had found. */
static void
test_removed (void)
{
  NodeLab lab;
  Watch watch;
  g_autoptr (FrWish) wish = NULL;
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new ("harbour");

  lab_init (&lab, 2);
  share (lab.nodes[0], "Harbour");
  wish = g_object_ref (wish_for (lab.nodes[1], "harbour"));
  watch_init (&watch, lab.nodes[1], &brisk);
  watch_wish (&watch, wish);
  await_count (&watch.n_signals, 1);
  await_count (&watch.n_asking, 1);
  search = g_object_ref (wish->search);
  g_assert_true (fr_search_get_listening (search));
  fr_wishes_remove (watch.wishes, wish);
  g_assert_false (fr_search_get_listening (search));
  g_assert_false (fr_wish_get_asking (wish));
  g_assert_null (fr_wishes_find (watch.wishes, terms));
  g_assert_null (watch.wishes->timer);
  fr_wishes_remove (watch.wishes, wish); /* it is not there */
  fr_wishes_restore (watch.wishes, wish);
  fr_wishes_restore (watch.wishes, wish);
  g_assert_true (fr_wishes_find (watch.wishes, terms) == wish);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (watch.wishes)), ==, 1);
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 1);
  await_rounds (&watch, 1);
  g_assert_cmpuint (watch.n_signals, ==, 1);
  fr_wishes_remove (watch.wishes, wish);
  g_clear_object (&wish);
  g_clear_object (&search);
  wish_for (lab.nodes[1], "harbour"); /* the same once more */
  watch_wish (&watch, only_wish (lab.nodes[1]));
  await_rounds (&watch, 1);
  g_assert_cmpuint (watch.n_signals, ==, 1);
  lab_clear (&lab);
}

static void
test_bounds (void)
{
  NodeLab lab = { 0 };
  FrWishes *wishes;
  FrWish *first, *mine;
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new (" harbour "), none = fr_search_terms_new (" - ");
  g_autoptr (GError) error = NULL, too_many = NULL;

  lab_add_node (&lab, "Node 0", NULL);
  wishes = fr_node_get_wishes (lab.nodes[0]);
  fr_test_wait_until (is_loaded, wishes, 5);
  g_assert_null (fr_wishes_add (wishes, none, &error));
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_SEARCH);
  first = fr_wishes_add (wishes, terms, NULL);
  g_assert_cmpstr (fr_wish_get_words (first), ==, "harbour");
  g_assert_true (fr_wishes_add (wishes, terms, NULL) == first);
  terms->scope = FR_SCOPE_MINE; /* which means all others */
  mine = fr_wishes_add (wishes, terms, NULL);
  g_assert_true (mine == first);
  for (guint i = 1; i < FR_WISHES_MAX; i++)
    {
      g_autofree char *words = g_strdup_printf ("word%u", i);

      wish_for (lab.nodes[0], words);
    }
  g_free (terms->words);
  terms->words = g_strdup ("more");
  g_assert_null (fr_wishes_add (wishes, terms, &too_many));
  g_assert_error (too_many, FR_NODE_ERROR, FR_NODE_ERROR_TOO_MANY_WISHES);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wishes)), ==, FR_WISHES_MAX);
  lab_close_node (lab.nodes[0]);
  lab.nodes[0] = lab_open_node (lab.folders[0], NULL, NULL);
  wishes = fr_node_get_wishes (lab.nodes[0]);
  fr_test_wait_until (is_loaded, wishes, 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wishes)), ==, FR_WISHES_MAX);
  g_assert_cmpstr (fr_wish_get_words (only_wish (lab.nodes[0])), ==, "word49"); /* the last one first */
  lab_clear (&lab);
}

static FrContentId
make_id (guint number)
{
  FrContentId id = { { 1 } };

  memcpy (id.bytes + 4, &number, sizeof number);
  return id;
}

/* What somebody has: pictures with numbers up to `n`. */
static void
answer (FrSearch *search, guint n)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_HITS);
  FrHits *hits = g_new0 (FrHits, 1);

  hits->items = g_array_new (FALSE, TRUE, sizeof (FrHitItem));
  hits->hops = 1;
  hits->holder.key.bytes[0] = 1;
  hits->holder.name = g_strdup ("Somebody");
  hits->holder.server = g_strdup ("");
  hits->holder.address = g_strdup ("");
  hits->holder.doorbell = g_strdup ("");
  for (guint i = 0; i < n; i++)
    {
      FrHitItem item = { .id = make_id (i), .title = (char *) "Harbour", .type = 1, .size = 1, .width = 1, .height = 1 };

      g_array_append_val (hits->items, item);
    }
  report->hits = hits;
  fr_search_take_report (search, report);
}

/* At the limit of what is held, and past it: all is counted, the last ones can be opened. */
static void
test_limit_of_found (void)
{
  NodeLab lab = { 0 };
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (GArray) news = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  g_autoptr (FrHit) first = NULL;
  FrContentId second;
  FrWish *wish;

  lab_add_node (&lab, "Node 0", NULL);
  wish = wish_for (lab.nodes[0], "harbour");
  search = fr_node_search (lab.nodes[0], "harbour", NULL);
  answer (search, FR_WISH_MAX_FOUND + 1);
  for (guint i = 0; i <= FR_WISH_MAX_FOUND; i++)
    {
      FrContentId id = make_id (i);

      g_array_set_size (news, 0);
      g_array_append_val (news, id);
      g_assert_cmpuint (fr_wish_take_news (wish, search, news), ==, 1);
      g_assert_cmpuint (fr_wish_get_n_new (wish), ==, i + 1);
      g_assert_cmpuint (g_list_model_get_n_items (fr_wish_get_found (wish)), ==, MIN (i + 1, FR_WISH_MAX_FOUND));
    }
  first = g_list_model_get_item (fr_wish_get_found (wish), 0);
  second = make_id (1);
  g_assert_true (fr_content_id_equal (fr_hit_get_id (first), &second));
  lab_clear (&lab);
}

void
test_wishes_add (void)
{
  g_test_add_func ("/node/wishes/once", test_once);
  g_test_add_func ("/node/wishes/not-told", test_not_told);
  g_test_add_func ("/node/wishes/who-comes", test_who_comes);
  g_test_add_func ("/node/wishes/watched", test_watched);
  g_test_add_func ("/node/wishes/removed", test_removed);
  g_test_add_func ("/node/wishes/bounds", test_bounds);
  g_test_add_func ("/node/wishes/limit-of-found", test_limit_of_found);
}
