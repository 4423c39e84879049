/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-private.h"
#include "fr-inhibitor.h"
#include "fr-transfer-row.h"
#include "fr-transfers-button.h"
#include "fr-transfers-list.h"

#include "tests.h"
#include "ui-fixture.h"

/* What is on its way, in the window: of somebody who cannot be reached, so that nothing comes. */

typedef struct
{
  UiFixture fixture;
  FrNode *node;
  FrMainView *main_view;
  FrTransfers *transfers;
} Lab;

static void
lab_find (Lab *lab)
{
  ui_fixture_wait_for_page (&lab->fixture, "main");
  lab->node = fr_window_get_node (lab->fixture.window);
  lab->main_view = fr_window_get_main_view (lab->fixture.window);
  lab->transfers = fr_main_view_get_transfers (lab->main_view);
}

static void
lab_init (Lab *lab)
{
  *lab = (Lab){ .fixture = { NULL } };
  ui_fixture_open (&lab->fixture, "Anna", NULL);
  lab_find (lab);
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close (&lab->fixture);
}

static GtkWidget *
get_child (Lab *lab, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (lab->main_view), FR_TYPE_MAIN_VIEW, name));
}

static GtkWidget *
get_list_child (Lab *lab, const char *name)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (get_child (lab, "transfers_list"), FR_TYPE_TRANSFERS_LIST, name));
}

static FrHit *
make_hit (const char *title)
{
  FrHitItem item = { .title = (char *) title, .size = 1000000, .width = 40, .height = 30 };
  FrHit *hit;

  memset (item.id.bytes, *title, sizeof item.id.bytes);
  hit = fr_hit_new (&item, 0);
  fr_hit_add_holder (hit, &(FrHolder) { .key = { "bert" },
                                        .name = (char *) "Bert",
                                        .server = (char *) "127.0.0.1:9",
                                        .address = (char *) "bert",
                                        .doorbell = (char *) "",
                                        .size = 1000000,
                                        .hops = 1 });
  return hit;
}

static gboolean
is_over (gpointer data)
{
  return fr_fetch_get_state (data) == FR_FETCH_FAILED;
}

static FrFetch *
fail (Lab *lab, const char *title)
{
  g_autoptr (FrHit) hit = make_hit (title);
  FrFetch *fetch = fr_node_fetch (lab->node, hit, -1);

  fr_test_wait_until (is_over, fetch, 20);
  return fetch;
}

static guint
count (Lab *lab, FrTransferGroup group)
{
  return g_list_model_get_n_items (fr_transfers_get_group (lab->transfers, group));
}

static gboolean
is_summed_up (gpointer data)
{
  Lab *lab = data;

  return fr_transfers_get_n_moving (lab->transfers) == 0
         && fr_transfers_get_n_failed (lab->transfers) == count (lab, FR_TRANSFER_OVER);
}

static gboolean
is_shown (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

static gboolean
is_hidden (gpointer widget)
{
  return !gtk_widget_get_visible (widget);
}

static FrTransferRow *
get_row (Lab *lab, const char *list, int index)
{
  return FR_TRANSFER_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_list_child (lab, list)), index));
}

static void
open_page (Lab *lab)
{
  gtk_widget_activate_action (GTK_WIDGET (lab->fixture.window), "win.transfers", NULL);
  ui_fixture_settle ();
}

/* Nothing at first, and no button for it; the page is there all the same. */
static void
test_empty (void)
{
  Lab lab;

  lab_init (&lab);
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "transfers_button")));
  open_page (&lab);
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "transfers");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (get_list_child (&lab, "stack"))), ==, "empty");
  fr_main_view_back (lab.main_view);
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "pages");
  lab_clear (&lab);
}

static void
note_ended_cb (FrTransfers *transfers, GObject *transfer, guint *n_ended)
{
  ++*n_ended;
}

/* What did not come is told once, stands under what is over, shows the button, and can be tried again. */
static void
test_fails (void)
{
  g_autoptr (FrFetch) fetch = NULL;
  guint n_ended = 0;
  Lab lab;

  lab_init (&lab);
  g_signal_connect (lab.transfers, "ended", G_CALLBACK (note_ended_cb), &n_ended);
  fetch = fail (&lab, "Dune");
  fr_test_wait_until (is_summed_up, &lab, 5);
  g_assert_cmpuint (n_ended, ==, 1);
  g_assert_cmpuint (count (&lab, FR_TRANSFER_COMING), ==, 0);
  g_assert_cmpuint (count (&lab, FR_TRANSFER_OVER), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (fr_transfers_get_here (lab.transfers)), ==, 0);
  fr_test_wait_until (is_shown, get_child (&lab, "transfers_button"), 5);
  g_object_set (lab.main_view, "narrow", TRUE, NULL);
  open_page (&lab);
  g_assert_cmpuint (fr_transfer_row_get_offers (get_row (&lab, "over_list", 0)), ==, FR_TRANSFER_RETRY);
  g_assert_cmpstr (fr_transfer_row_get_text (get_row (&lab, "over_list", 0)), ==, fr_fetch_get_error (fetch)->message);
  g_assert_false (gtk_widget_get_visible (get_list_child (&lab, "retry_all_button")));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (get_row (&lab, "over_list", 0)), "transfer.retry", NULL));
  fr_test_wait_until (is_over, fetch, 20);
  g_assert_cmpuint (n_ended, ==, 2);
  g_signal_handlers_disconnect_by_func (lab.transfers, note_ended_cb, &n_ended);
  lab_clear (&lab);
}

/* Several: all can be tried again at once, but not what the person has stopped; what is over is taken away. */
static void
test_several (void)
{
  g_autoptr (FrFetch) first = NULL, second = NULL, third = NULL;
  g_autoptr (FrHit) hit = make_hit ("Tower");
  guint n_ended = 0;
  Lab lab;

  lab_init (&lab);
  g_object_set (lab.main_view, "narrow", TRUE, NULL);
  first = fail (&lab, "Dune");
  second = fail (&lab, "Harbour");
  third = fr_node_fetch (lab.node, hit, -1);
  fr_fetch_cancel (third);
  open_page (&lab);
  g_assert_cmpuint (count (&lab, FR_TRANSFER_OVER), ==, 3);
  g_assert_cmpstr (fr_transfer_row_get_text (get_row (&lab, "over_list", 0)), ==, "Stopped"); /* the last one */
  fr_test_wait_until (is_shown, get_list_child (&lab, "retry_all_button"), 5);
  g_signal_connect (lab.transfers, "ended", G_CALLBACK (note_ended_cb), &n_ended);
  gtk_widget_activate_action (get_child (&lab, "transfers_list"), "transfers.retry-all", NULL);
  fr_test_wait_until (is_over, first, 20);
  fr_test_wait_until (is_over, second, 20);
  g_assert_cmpuint (n_ended, ==, 2);
  gtk_widget_activate_action (get_child (&lab, "transfers_list"), "transfers.clear", NULL);
  g_assert_cmpuint (count (&lab, FR_TRANSFER_OVER), ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (get_list_child (&lab, "stack"))), ==, "empty");
  fr_test_wait_until (is_hidden, get_child (&lab, "transfers_button"), 10);
  g_signal_handlers_disconnect_by_func (lab.transfers, note_ended_cb, &n_ended);
  lab_clear (&lab);
}

/* Delete takes the one with the focus away, and the focus to the next. */
static void
test_deletes (void)
{
  g_autoptr (FrFetch) first = NULL, second = NULL;
  Lab lab;

  lab_init (&lab);
  g_object_set (lab.main_view, "narrow", TRUE, NULL);
  first = fail (&lab, "Dune");
  second = fail (&lab, "Harbour");
  open_page (&lab);
  gtk_widget_grab_focus (GTK_WIDGET (get_row (&lab, "over_list", 1)));
  fr_main_view_search (lab.main_view);
  ui_fixture_settle ();
  fr_main_view_back (lab.main_view);
  ui_fixture_settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (lab.fixture.window)) == GTK_WIDGET (get_row (&lab, "over_list", 1)));
  g_assert_true (fr_transfer_row_get_transfer (get_row (&lab, "over_list", 0)) == second);
  gtk_widget_activate_action (GTK_WIDGET (get_row (&lab, "over_list", 0)), "transfer.remove", NULL);
  ui_fixture_settle ();
  g_assert_cmpuint (count (&lab, FR_TRANSFER_OVER), ==, 1);
  g_assert_true (fr_transfer_row_get_transfer (get_row (&lab, "over_list", 0)) == first);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (lab.fixture.window)) == GTK_WIDGET (get_row (&lab, "over_list", 0)));
  gtk_widget_activate_action (GTK_WIDGET (get_row (&lab, "over_list", 0)), "transfer.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (fr_node_get_fetches (lab.node)), ==, 0);
  lab_clear (&lab);
}

static gboolean
somebody_is_here (gpointer data)
{
  return fr_people_get_n_here (data) > 0;
}

/* One that takes a while, from the window to somebody else. */

#define SIZE (600 * 1024)

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

static void
share_large (FrNode *node, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "Lighthouse.svg", NULL);
  g_autofree char *filling = g_strnfill (SIZE, 'a');
  g_autofree char *text = g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'><!--%s--></svg>",
                                           filling);
  const char *const paths[] = { path, NULL };
  g_autoptr (FrImport) import = fr_import_new (fr_node_get_gallery (node), paths);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_set_keeps_metadata (import, TRUE);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 15);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

static gboolean
is_found (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static gboolean
is_moving (gpointer data)
{
  return fr_transfers_get_n_moving (data) > 0;
}

static gboolean
is_at_rest (gpointer data)
{
  return fr_transfers_get_n_moving (data) == 0;
}

/* It stands there while it goes, and suspend is held off so long. */
static void
test_goes (void)
{
  g_autofree char *bert_folder = fr_test_folder_new ();
  FrNode *bert = ui_fixture_open_node (bert_folder, "Bert", NULL);
  g_autofree char *server = ui_fixture_serve (bert);
  g_autoptr (FrInhibitor) inhibitor = NULL;
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  g_autoptr (FrHit) hit = NULL;
  Lab lab = { .fixture = { NULL } };

  ui_fixture_open (&lab.fixture, "Anna", server);
  lab_find (&lab);
  ui_fixture_wait_online (lab.node);
  share_large (lab.node, bert_folder);
  fr_node_set_limits (lab.node, 0, 16);
  g_assert_nonnull (fr_people_add (fr_node_get_people (lab.node), "bert", NULL));
  fr_test_wait_until (somebody_is_here, fr_node_get_people (lab.node), 20);
  inhibitor = fr_inhibitor_new (GTK_WIDGET (lab.main_view), lab.transfers);
  g_assert_false (fr_inhibitor_is_holding (inhibitor));

  search = fr_node_search (bert, "lighthouse", NULL);
  fr_test_wait_until (is_found, search, 20);
  hit = g_list_model_get_item (G_LIST_MODEL (search), 0);
  fetch = fr_node_fetch (bert, hit, -1);
  fr_test_wait_until (is_moving, lab.transfers, 20);
  g_assert_true (fr_inhibitor_is_holding (inhibitor));
  g_assert_cmpuint (count (&lab, FR_TRANSFER_GOING), ==, 1);
  g_object_set (lab.main_view, "narrow", TRUE, NULL);
  open_page (&lab);
  g_assert_cmpuint (fr_transfer_row_get_offers (get_row (&lab, "going_list", 0)), ==, 0);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_list_child (&lab, "limits_label"))), ==,
                   "Pictures go out no faster than 16 kB a second.");
  g_assert_true (is_shown (get_list_child (&lab, "limits_box")));
  fr_node_set_limits (lab.node, 0, 0);
  g_assert_true (is_hidden (get_list_child (&lab, "limits_box")));
  fr_node_set_limits (lab.node, 0, 16);
  fr_fetch_cancel (fetch);
  fr_test_wait_until (is_at_rest, lab.transfers, 20);
  g_assert_false (fr_inhibitor_is_holding (inhibitor));
  g_assert_cmpuint (count (&lab, FR_TRANSFER_OVER), ==, 1);
  g_assert_cmpuint (fr_transfers_get_n_failed (lab.transfers), ==, 0);
  gtk_widget_activate_action (get_child (&lab, "transfers_list"), "transfers.clear", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (fr_node_get_givings (lab.node)), ==, 0);
  g_clear_object (&fetch);
  g_clear_object (&hit);
  g_clear_object (&search);
  g_clear_object (&inhibitor);
  lab_clear (&lab);
  ui_fixture_close_node (bert);
  fr_test_folder_free (g_steal_pointer (&bert_folder));
}

void
test_transfers_add (void)
{
  g_test_add_func ("/ui/transfers/empty", test_empty);
  g_test_add_func ("/ui/transfers/fails", test_fails);
  g_test_add_func ("/ui/transfers/several", test_several);
  g_test_add_func ("/ui/transfers/deletes", test_deletes);
  g_test_add_func ("/ui/transfers/goes", test_goes);
}
