/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"
#include "fr-person-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* Whole nodes: a person at two computers, as somebody else sees it; and two who are introduced to each other. */

#define BORIS 0
#define ANNA 1
#define LAPTOP 2

static NodeLab *current; /* of the test that runs, for the conditions */

static FrPerson *
find (guint node, guint who)
{
  return fr_people_find_key (fr_node_get_people (current->nodes[node]), fr_node_get_key (current->nodes[who]));
}

static gboolean
knows_both (gpointer data)
{
  return find (BORIS, LAPTOP) != NULL && fr_person_get_owner (find (BORIS, LAPTOP)) != NULL;
}

static gboolean
both_agree (gpointer data)
{
  FrPerson *laptop = find (ANNA, LAPTOP), *anna = find (LAPTOP, ANNA);

  return fr_person_get_mine (laptop) && fr_person_get_agrees (laptop) && fr_person_get_mine (anna)
         && fr_person_get_agrees (anna);
}

/* Their key is not known at the laptop before they have met. */
static gboolean
boris_is_here (gpointer data)
{
  FrPerson *boris = find (LAPTOP, BORIS);

  return boris != NULL && lab_is_here (boris);
}

static gboolean
laptop_is_here (gpointer data)
{
  return find (BORIS, LAPTOP) != NULL && fr_person_get_state (find (BORIS, LAPTOP)) == FR_PERSON_HERE;
}

static gboolean
laptop_is_gone (gpointer data)
{
  return find (BORIS, LAPTOP) == NULL;
}

static gboolean
nobody_is_here (gpointer people)
{
  return fr_people_get_n_here (people) == 0;
}

static gboolean
has_asked (gpointer search)
{
  return fr_search_get_n_asked (search) > 0;
}

/* What the person has said goes to the network thread in turn: when a search has been asked there, the rest has arrived. */
static void
catch_up (guint node)
{
  g_autoptr (FrSearch) search = fr_node_search (current->nodes[node], "nothing", NULL);

  fr_test_wait_until (has_asked, search, 10);
}

/* Also where frames are heard: what somebody says who is no contact there is not looked at. */
static void
know_each_other (guint a, guint b)
{
  fr_test_wait_until (lab_is_here, lab_add_person (current->nodes[a], fr_node_get_address (current->nodes[b])), 15);
  fr_test_wait_until (lab_is_here, lab_add_person (current->nodes[b], fr_node_get_address (current->nodes[a])), 15);
  catch_up (a);
  catch_up (b);
}

/* Words were compared, and the person says that it is her. */
static void
say_mine (guint node, guint who, gboolean mine)
{
  FrPeople *people = fr_node_get_people (current->nodes[node]);
  g_autoptr (GError) error = NULL;

  g_assert_true (fr_people_set_checked (people, find (node, who), fr_node_get_key (current->nodes[who]), TRUE));
  fr_people_set_mine (people, find (node, who), mine, &error);
  g_assert_no_error (error);
}

/* Boris lets in nobody but people he has added, and has added Anna. */
static void
set_up (NodeLab *lab)
{
  current = lab;
  lab_init (lab, 2);
  fr_node_set_admission_rule (lab->nodes[BORIS], FR_ADMIT_CONTACTS);
  know_each_other (ANNA, BORIS);
  lab_add_node (lab, "Laptop", fr_node_get_server (lab->nodes[BORIS]));
  know_each_other (ANNA, LAPTOP);
}

static gboolean
is_finished (gpointer import)
{
  return fr_import_get_finished (import);
}

static void
share_with_anna (FrNode *node)
{
  g_autoptr (GBytes) readers = fr_audience_list_readers (fr_node_get_key (current->nodes[ANNA]), 1);
  g_autoptr (GBytes) bytes = lab_make_picture ("for Anna", 10);
  g_autoptr (FrImport) import = fr_import_new_for_bytes (fr_node_get_gallery (node), bytes, "Lighthouse");

  fr_import_set_audience (import, FR_AUDIENCE_CHOSEN, readers);
  fr_import_set_keeps_metadata (import, TRUE);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 10);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

/* One side alone is not enough; both are. Then the laptop is let in without a question, and finds what is for Anna. */
static void
test_two_computers (void)
{
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  FrPerson *laptop;
  NodeLab lab;

  set_up (&lab);
  share_with_anna (lab.nodes[BORIS]);
  say_mine (ANNA, LAPTOP, TRUE);
  g_assert_null (find (BORIS, LAPTOP));
  say_mine (LAPTOP, ANNA, TRUE);
  fr_test_wait_until (both_agree, NULL, 10);
  fr_test_wait_until (knows_both, NULL, 10);
  laptop = find (BORIS, LAPTOP);
  g_assert_true (fr_person_get_owner (laptop) == find (BORIS, ANNA));
  g_assert_false (fr_person_get_checked (laptop));
  lab_add_person (lab.nodes[LAPTOP], fr_node_get_address (lab.nodes[BORIS]));
  fr_test_wait_until (laptop_is_here, NULL, 15);
  fr_test_wait_until (boris_is_here, NULL, 15);
  hit = lab_search (lab.nodes[LAPTOP], "lighthouse", &search);
  fetch = lab_fetch_whole (lab.nodes[LAPTOP], hit);
  g_clear_object (&fetch);

  fr_people_block (fr_node_get_people (lab.nodes[BORIS]), find (BORIS, ANNA));
  g_assert_true (fr_person_get_blocked (laptop));
  fr_test_wait_until (nobody_is_here, fr_node_get_people (lab.nodes[BORIS]), 15);
  g_clear_object (&hit);
  g_clear_object (&search);
  lab_clear (&lab);
}

static gboolean
is_away (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_AWAY;
}

/* The laptop was sold: Boris hears of it, though he was not there when she said so. */
static void
test_taken_back (void)
{
  FrPerson *anna;
  NodeLab lab;

  set_up (&lab);
  say_mine (ANNA, LAPTOP, TRUE);
  say_mine (LAPTOP, ANNA, TRUE);
  fr_test_wait_until (knows_both, NULL, 10);
  anna = find (BORIS, ANNA);
  fr_network_hang_up (lab.nodes[BORIS]->network, fr_node_get_key (lab.nodes[ANNA]));
  fr_test_wait_until (is_away, anna, 15);
  fr_people_set_mine (fr_node_get_people (lab.nodes[ANNA]), find (ANNA, LAPTOP), FALSE, NULL);
  fr_people_retry (fr_node_get_people (lab.nodes[BORIS]), anna);
  fr_test_wait_until (lab_is_here, anna, 15);
  fr_test_wait_until (laptop_is_gone, NULL, 15);
  lab_clear (&lab);
}

/* Who has two computers, and who is to hear of that. They are linked: node 1 has added node 0, which has yet to. */
typedef struct
{
  guint teller, hearer;
} Roles;

static gboolean
hearer_knows (gpointer data)
{
  const Roles *roles = data;
  FrPerson *laptop = find (roles->hearer, LAPTOP);

  return laptop != NULL && fr_person_get_owner (laptop) == find (roles->hearer, roles->teller);
}

static gboolean
teller_has_laptop (gpointer data)
{
  FrPerson *laptop = find (((const Roles *) data)->teller, LAPTOP);

  return laptop != NULL && fr_person_get_mine (laptop) && fr_person_get_agrees (laptop);
}

/* That is heard at once when they do, and not at the next meeting. */
static void
test_added_while_linked (gconstpointer data)
{
  Roles roles = *(const Roles *) data;
  g_autoptr (GBytes) bytes = lab_make_picture ("anything", 10);
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrHit) hit = NULL;
  NodeLab lab;

  current = &lab;
  lab_init (&lab, 2);
  lab_share (lab.nodes[roles.hearer], bytes, "Lighthouse");
  lab_add_node (&lab, "Laptop", fr_node_get_server (lab.nodes[0]));
  know_each_other (roles.teller, LAPTOP);
  say_mine (roles.teller, LAPTOP, TRUE);
  say_mine (LAPTOP, roles.teller, TRUE);
  fr_test_wait_until (teller_has_laptop, &roles, 10);
  hit = lab_search (lab.nodes[roles.teller], "lighthouse", &search); /* whatever was said before has arrived */
  g_assert_false (hearer_knows (&roles));
  g_assert_false (fr_person_is_contact (find (0, 1)));
  fr_people_accept (fr_node_get_people (lab.nodes[0]), find (0, 1));
  fr_test_wait_until (hearer_knows, &roles, 10);
  g_clear_object (&hit);
  g_clear_object (&search);
  lab_clear (&lab);
}

static gboolean
is_introduced (gpointer person)
{
  return find (0, 2) != NULL && find (2, 0) != NULL;
}

static gboolean
asks (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_ASKS;
}

/* Node 1 introduces node 0 and node 2. Each decides: one asks, and the other sees who has introduced them. */
static void
test_introduced (void)
{
  g_autoptr (GError) error = NULL;
  FrPerson *asker;
  NodeLab lab;

  current = &lab;
  lab_init (&lab, 3);
  know_each_other (0, 1);
  know_each_other (1, 2);
  fr_node_set_admission_rule (lab.nodes[0], FR_ADMIT_ASK);
  fr_people_introduce (fr_node_get_people (lab.nodes[1]), find (1, 0), find (1, 2), &error);
  g_assert_no_error (error);
  fr_test_wait_until (is_introduced, NULL, 10);
  asker = find (0, 2);
  g_assert_true (fr_person_get_introducer (asker) == find (0, 1));
  g_assert_false (fr_person_is_contact (asker));
  g_assert_cmpstr (fr_person_get_name (asker), ==, "Node 2");
  fr_people_accept (fr_node_get_people (lab.nodes[2]), find (2, 0));
  fr_test_wait_until (asks, asker, 15);
  g_assert_true (fr_person_get_introducer (asker) == find (0, 1));
  fr_people_accept (fr_node_get_people (lab.nodes[0]), asker);
  fr_test_wait_until (lab_is_here, asker, 15);
  fr_test_wait_until (lab_is_here, find (2, 0), 15);
  lab_clear (&lab);
}

void
test_other_computers_add (void)
{
  static const Roles roles[] = { { .teller = 1, .hearer = 0 }, { .teller = 0, .hearer = 1 } };

  g_test_add_func ("/node/other-computers/two", test_two_computers);
  g_test_add_func ("/node/other-computers/taken-back", test_taken_back);
  g_test_add_func ("/node/other-computers/introduced", test_introduced);
  g_test_add_data_func ("/node/other-computers/added-while-linked/hearer", &roles[0], test_added_while_linked);
  g_test_add_data_func ("/node/other-computers/added-while-linked/teller", &roles[1], test_added_while_linked);
}
