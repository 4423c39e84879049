/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-private.h"
#include "fr-network-node.h"
#include "fr-network-page.h"
#include "fr-search-xray.h"

#include "tests.h"
#include "ui-fixture.h"

/* The network page in its window: alone, with somebody, and with a search that goes out. */

#define FAR_S 20

typedef struct
{
  UiFixture anna;
  FrNode *bert; /* who serves, and has no window; NULL: there is nobody */
  char *bert_folder;
  char *server;
  FrMainView *main_view;
  FrNetworkPage *page;
} Lab;

static FrNode *
get_node (Lab *lab)
{
  return fr_window_get_node (lab->anna.window);
}

static void
lab_init (Lab *lab, gboolean has_bert)
{
  *lab = (Lab){ 0 };
  if (has_bert)
    {
      lab->bert_folder = fr_test_folder_new ();
      lab->bert = ui_fixture_open_node (lab->bert_folder, "Bert", NULL);
      lab->server = ui_fixture_serve (lab->bert);
    }
  ui_fixture_open (&lab->anna, "Anna", lab->server);
  ui_fixture_wait_for_page (&lab->anna, "main");
  lab->main_view = fr_window_get_main_view (lab->anna.window);
  lab->page = fr_main_view_get_network_page (lab->main_view);
  if (has_bert)
    ui_fixture_wait_online (get_node (lab));
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close (&lab->anna);
  if (lab->bert != NULL)
    ui_fixture_close_node (lab->bert);
  g_clear_pointer (&lab->bert_folder, fr_test_folder_free);
  g_free (lab->server);
}

static void
open_page (Lab *lab)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab->anna.window), "win.network", NULL));
  g_assert_cmpstr (fr_main_view_get_visible_name (lab->main_view), ==, "network");
}

static GtkWidget *
get_child (Lab *lab, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (lab->page), FR_TYPE_NETWORK_PAGE, name));
}

static const char *
get_text (Lab *lab, const char *name)
{
  return gtk_label_get_label (GTK_LABEL (get_child (lab, name)));
}

static const char *
get_state (Lab *lab)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (get_child (lab, "stack")));
}

static gboolean
has_focus (gpointer widget)
{
  return gtk_widget_has_focus (widget);
}

/* Whoever is alone is led on, and told why nobody new comes. */
static void
test_alone (void)
{
  Lab lab;

  lab_init (&lab, FALSE);
  open_page (&lab);
  g_assert_cmpstr (get_state (&lab), ==, "alone");
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "right")));
  fr_test_wait_until (has_focus, get_child (&lab, "invite_button"), FAR_S);
  g_assert_true (gtk_info_bar_get_revealed (GTK_INFO_BAR (get_child (&lab, "notice"))));
  g_assert_cmpstr (get_text (&lab, "notice_label"), ==,
                   "You have no meeting point. The people who are connected stay so.");
  lab_clear (&lab);
}

static FrNetworkNode *
get_bert (Lab *lab)
{
  GtkWidget *own = gtk_widget_get_first_child (GTK_WIDGET (fr_network_page_get_map (lab->page)));
  GtkWidget *node = own != NULL ? gtk_widget_get_next_sibling (own) : NULL;

  return node != NULL ? FR_NETWORK_NODE (node) : NULL;
}

static gboolean
is_bert_there (gpointer data)
{
  return get_bert (data) != NULL && fr_person_get_state (fr_network_link_get_person (
                                        fr_network_node_get_link (get_bert (data)))) == FR_PERSON_HERE;
}

static gboolean
has_number (gpointer data)
{
  FrNetworkLinkFacts facts;

  fr_network_link_get_facts (fr_network_node_get_link (get_bert (data)), &facts);
  return facts.is_here && facts.round_trip_us > 0;
}

static void
await_bert (Lab *lab)
{
  g_assert_nonnull (fr_people_add (fr_node_get_people (get_node (lab)), "bert", NULL));
  fr_test_wait_until (is_bert_there, lab, FAR_S);
}

static void
pulse_cb (FrNode *node, const FrNetworkPulse *pulse, guint *n)
{
  (*n)++;
}

static gboolean
is_above_zero (gpointer n)
{
  return *(guint *) n > 0;
}

static gboolean
is_alone (gpointer data)
{
  return g_str_equal (get_state (data), "alone");
}

/* Who is here is on the map with a number, and leads to their page; the network tells of it only while it is shown. */
static void
test_map (void)
{
  guint n_pulses = 0;
  Lab lab;

  lab_init (&lab, TRUE);
  g_signal_connect (get_node (&lab), "pulse", G_CALLBACK (pulse_cb), &n_pulses);
  await_bert (&lab);
  g_assert_cmpuint (n_pulses, ==, 0);
  open_page (&lab);
  g_assert_cmpstr (get_state (&lab), ==, "map");
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "hint")));
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "searches")));
  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (get_child (&lab, "notice"))));
  fr_test_wait_until (has_focus, get_bert (&lab), FAR_S);
  fr_test_wait_until (has_number, &lab, FAR_S);
  fr_test_wait_until (is_above_zero, &n_pulses, FAR_S); /* until then it is what was known of the person */

  g_signal_emit_by_name (get_bert (&lab), "clicked");
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "person");
  g_assert_cmpstr (fr_person_get_name (fr_person_page_get_person (fr_main_view_get_person_page (lab.main_view))), ==,
                   "Bert");
  fr_main_view_back (lab.main_view);
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "network");

  ui_fixture_close_node (g_steal_pointer (&lab.bert));
  fr_test_wait_until (is_alone, &lab, FAR_S);
  g_assert_null (get_bert (&lab));
  lab_clear (&lab);
}

static gboolean
has_reached (gpointer data)
{
  return g_str_has_prefix (get_text (data, "status"), "“harbour”: asked 1 person");
}

static gboolean
is_moving (gpointer data)
{
  return fr_network_map_is_moving (fr_network_page_get_map (((Lab *) data)->page));
}

static gboolean
is_still (gpointer data)
{
  return !is_moving (data);
}

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

/* Somebody answers, as far as the window knows. */
static void
answer (Lab *lab, FrSearch *search)
{
  FrHitItem item = { .title = (char *) "harbour" };
  g_autoptr (FrHit) hit = fr_hit_new (&item, 1440000);
  FrHolder holder = { .key = *fr_node_get_key (lab->bert), .via = *fr_node_get_key (lab->bert), .hops = 1 };

  fr_hit_add_holder (hit, &holder);
  g_signal_emit_by_name (search, "hit", hit, 0u);
}

/* A search runs out as a wave, also for whoever comes from where it was asked; its words, table and times stand there. */
static void
test_search (void)
{
  g_autoptr (FrSearch) search = NULL;
  GtkListBoxRow *row;
  GtkWidget *words;
  Lab lab;

  lab_init (&lab, TRUE);
  set_animations (TRUE);
  await_bert (&lab);
  open_page (&lab);
  g_assert_false (is_moving (&lab));
  search = fr_node_search (get_node (&lab), "harbour", NULL);
  fr_test_wait_until (has_reached, &lab, FAR_S);
  fr_test_wait_until (is_moving, &lab, FAR_S);
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "hint")));
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "times")));
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_child (&lab, "list")), 0);
  words = GTK_WIDGET (gtk_widget_get_template_child (gtk_list_box_row_get_child (row),
                                                     G_OBJECT_TYPE (gtk_list_box_row_get_child (row)), "words"));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (words)), ==, "harbour");
  fr_test_wait_until (is_still, &lab, FAR_S);

  answer (&lab, search);
  g_assert_true (is_moving (&lab));
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "times")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (get_child (&lab, "plot")), ==, "One answer, after 1.4 s.");
  g_assert_cmpstr (get_text (&lab, "status"), ==, "“harbour”: asked 1 person so far. 1 answered.");
  fr_test_wait_until (is_still, &lab, FAR_S);

  fr_main_view_search (lab.main_view);
  fr_main_view_back (lab.main_view);
  fr_test_wait_until (is_moving, &lab, FAR_S);
  fr_search_stop (search);
  g_assert_cmpstr (get_text (&lab, "status"), ==, "“harbour”: asked 1 person. 1 answered.");
  lab_clear (&lab);
}

/* With reduced motion the numbers change, and nothing moves; nor does it where motion is reduced meanwhile. */
static void
test_reduced_motion (void)
{
  g_autoptr (FrSearch) search = NULL;
  Lab lab;

  lab_init (&lab, TRUE);
  set_animations (FALSE);
  await_bert (&lab);
  open_page (&lab);
  search = fr_node_search (get_node (&lab), "harbour", NULL);
  fr_test_wait_until (has_reached, &lab, FAR_S);
  g_assert_false (is_moving (&lab));
  answer (&lab, search);
  g_assert_false (is_moving (&lab));
  g_assert_cmpstr (get_text (&lab, "status"), ==, "“harbour”: asked 1 person so far. 1 answered.");
  set_animations (TRUE);
  lab_clear (&lab);
}

void
test_network_add (void)
{
  g_test_add_func ("/ui/network/alone", test_alone);
  g_test_add_func ("/ui/network/map", test_map);
  g_test_add_func ("/ui/network/search", test_search);
  g_test_add_func ("/ui/network/reduced-motion", test_reduced_motion);
}
