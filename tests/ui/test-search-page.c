/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-search-private.h"
#include "fr-settings.h"
#include "fr-wall-private.h"

#include "tests.h"
#include "ui-fixture.h"

/* The search page, with answers that nobody has sent. */

typedef struct
{
  UiFixture fixture;
  FrSearchPage *page;
} Lab;

static void
lab_init (Lab *lab)
{
  *lab = (Lab){ { NULL } };
  ui_fixture_open (&lab->fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&lab->fixture, "main");
  fr_main_view_search (fr_window_get_main_view (lab->fixture.window));
  lab->page = fr_main_view_get_search_page (fr_window_get_main_view (lab->fixture.window));
}

static GListModel *
get_tiles (Lab *lab)
{
  return G_LIST_MODEL (fr_wall_get_selection (fr_search_page_get_wall (lab->page)));
}

typedef struct
{
  Lab *lab;
  const char *name; /* of what is said, or its line */
  guint n;          /* tiles */
} Goal;

static gboolean
has_view (gpointer data)
{
  const Goal *goal = data;

  return g_str_equal (fr_search_page_get_visible_name (goal->lab->page), goal->name);
}

static gboolean
has_tiles (gpointer data)
{
  const Goal *goal = data;

  return g_list_model_get_n_items (get_tiles (goal->lab)) == goal->n;
}

static gboolean
has_line (gpointer data)
{
  const Goal *goal = data;

  return g_str_equal (fr_search_page_get_line (goal->lab->page), goal->name);
}

static void
await_view (Lab *lab, const char *name)
{
  fr_test_wait_until (has_view, &(Goal){ lab, name }, 10);
  ui_fixture_settle ();
}

static void
await_tiles (Lab *lab, guint n)
{
  fr_test_wait_until (has_tiles, &(Goal){ lab, NULL, n }, 10);
}

static void
await_line (Lab *lab, const char *line)
{
  if (!fr_test_wait_for (has_line, &(Goal){ lab, line }, 10))
    g_assert_cmpstr (fr_search_page_get_line (lab->page), ==, line);
}

static GtkWidget *
get_child (Lab *lab, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (lab->page), FR_TYPE_SEARCH_PAGE, name));
}

/* As a person does: the entry is never empty in between. */
static void
type (Lab *lab, const char *words)
{
  GtkEditable *entry = GTK_EDITABLE (get_child (lab, "entry"));
  int n_before = (int) g_utf8_strlen (gtk_editable_get_text (entry), -1), position = n_before;

  gtk_editable_insert_text (entry, words, -1, &position);
  gtk_editable_delete_text (entry, 0, n_before);
}

static void
press_enter (Lab *lab)
{
  g_signal_emit_by_name (get_child (lab, "entry"), "activate");
}

static gboolean
has_xray (gpointer data)
{
  Lab *lab = data;
  FrQueryXray xray;

  return fr_search_get_xray (fr_search_page_get_search (lab->page), &xray);
}

/* And waits for what the network says of it, which would come between else. */
static void
ask_for (Lab *lab, const char *words)
{
  type (lab, words);
  press_enter (lab);
  fr_test_wait_until (has_xray, lab, 10);
}

/* Answers */

static FrHits *
make_hits (const char *name)
{
  FrHits *hits = g_new0 (FrHits, 1);

  hits->items = g_array_new (FALSE, TRUE, sizeof (FrHitItem));
  hits->hops = 1;
  hits->holder.key.bytes[0] = (guint8) *name;
  hits->holder.name = g_strdup (name);
  hits->holder.server = g_strdup ("");
  hits->holder.address = g_strdup ("");
  hits->holder.doorbell = g_strdup ("");
  return hits;
}

/* What `name` has: a picture with that number. */
static void
answer (Lab *lab, const char *name, guint number, guint width, guint height)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_HITS);
  FrHitItem item = { .title = (char *) "Harbour", .type = 1, .size = 1000, .width = width, .height = height,
                     .has_preview = TRUE };

  memcpy (item.id.bytes, &number, sizeof number);
  memcpy (item.preview_hash.bytes, &number, sizeof number);
  report->hits = make_hits (name);
  g_array_append_val (report->hits->items, item);
  fr_search_take_report (fr_search_page_get_search (lab->page), report);
}

static void
send_preview (Lab *lab, guint number, GBytes *bytes)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_PREVIEW);

  memcpy (report->hash.bytes, &number, sizeof number);
  report->data = g_bytes_ref (bytes);
  fr_search_take_report (fr_search_page_get_search (lab->page), report);
}

static void
tell_asked (Lab *lab, guint n, gboolean can_widen)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_XRAY);

  report->xray.n_hops = 2;
  report->xray.can_widen = can_widen;
  report->xray.hops[1].asked = n;
  fr_search_take_report (fr_search_page_get_search (lab->page), report);
}

/* Squares of so many pixels. */
static GBytes *
make_preview (guint side)
{
  g_autofree guint32 *pixels = g_new (guint32, 72 * 64);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (guint y = 0; y < 64; y++)
    for (guint x = 0; x < 72; x++)
      pixels[y * 72 + x] = (x / side + y / side) % 2 == 0 ? G_MAXUINT32 : GUINT32_TO_BE (0x204060ff);
  bytes = g_bytes_new (pixels, 72 * 64 * sizeof *pixels);
  texture = gdk_memory_texture_new (72, 64, GDK_MEMORY_R8G8B8A8, bytes, 72 * sizeof *pixels);
  return gdk_texture_save_to_png_bytes (texture);
}

static gboolean
is_idle (gpointer data)
{
  return !fr_import_bar_is_busy (data);
}

static void
add_own (Lab *lab, const char *name)
{
  FrGalleryPage *gallery = fr_main_view_get_gallery_page (fr_window_get_main_view (lab->fixture.window));
  g_autofree char *path = ui_fixture_write_photograph (lab->fixture.folder, name);
  const char *const paths[] = { path, NULL };

  fr_gallery_set_audience (fr_node_get_gallery (fr_window_get_node (lab->fixture.window)), FR_AUDIENCE_EVERYONE, NULL);
  fr_gallery_page_offer_paths (gallery, paths);
  fr_test_wait_until (is_idle, fr_gallery_page_get_import_bar (gallery), 20);
}

/* One's own pictures answer while one types; nobody is asked. */
static void
test_typing (void)
{
  Lab lab;

  lab_init (&lab);
  add_own (&lab, "Harbour.png");
  add_own (&lab, "Old harbour.png");
  g_assert_cmpstr (fr_search_page_get_visible_name (lab.page), ==, "start");
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "line_box")));

  type (&lab, " harb ");
  await_line (&lab, "2 pictures of your own. Press Enter to ask your people and theirs.");
  await_tiles (&lab, 2);
  g_assert_cmpint (fr_search_get_terms (fr_search_page_get_search (lab.page))->scope, ==, FR_SCOPE_MINE);
  type (&lab, "old h");
  await_tiles (&lab, 1);
  type (&lab, "old dune");
  await_view (&lab, "ask");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (get_child (&lab, "status_button"))), ==, "_Ask");
  await_tiles (&lab, 0);
  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (get_child (&lab, "explanation")))); /* nothing was told */

  press_enter (&lab);
  await_view (&lab, "nobody");
  g_assert_true (gtk_info_bar_get_revealed (GTK_INFO_BAR (get_child (&lab, "explanation"))));
  type (&lab, "");
  await_view (&lab, "start");
  g_assert_null (fr_search_page_get_search (lab.page));

  type (&lab, "-");
  press_enter (&lab);
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "error")));
  type (&lab, "harbour");
  await_tiles (&lab, 2);
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "error")));
  ui_fixture_close (&lab.fixture);
}

/* What comes stands on the wall; other words change nothing of it until they are asked for. */
static void
test_answers (void)
{
  Lab lab;

  lab_init (&lab);
  ask_for (&lab, "harbour");
  answer (&lab, "Bert", 1, 640, 480);
  answer (&lab, "Zoë", 1, 640, 480);
  answer (&lab, "Zoë", 2, 480, 640);
  tell_asked (&lab, 2, TRUE);
  await_tiles (&lab, 2);
  await_line (&lab, "Asked 2 people. 2 pictures so far. Still listening.");
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "further_button")));
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "stop_button")));

  type (&lab, "harbour night");
  await_line (&lab, "These are for “harbour”. Press Enter to ask for “harbour night”.");
  answer (&lab, "Bert", 3, 640, 480);
  await_tiles (&lab, 3);
  type (&lab, "harbour");
  tell_asked (&lab, 9, FALSE);
  await_line (&lab, "Asked 9 people: everyone who can be reached. 3 pictures so far. Still listening.");
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "further_button")));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "search.stop", NULL));
  await_line (&lab, "Stopped. 3 pictures so far.");
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "stop_button")));
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "again_button")));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "search.ask-again", NULL));
  await_tiles (&lab, 0);
  await_view (&lab, "nobody");
  ui_fixture_close (&lab.fixture);
}

static void
activate (Lab *lab, const char *action, GVariant *target)
{
  g_assert_true (gtk_widget_activate_action_variant (
      gtk_widget_get_first_child (GTK_WIDGET (fr_search_page_get_filter_bar (lab->page))), action, target));
}

static const char *
get_chip (Lab *lab, const char *name)
{
  FrFilterBar *bar = fr_search_page_get_filter_bar (lab->page);

  return gtk_menu_button_get_label (
      GTK_MENU_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (bar), FR_TYPE_FILTER_BAR, name)));
}

/* Chips hide what came and what comes; it is said how many, and all can be shown again. */
static void
test_filters (void)
{
  Lab lab;

  lab_init (&lab);
  ask_for (&lab, "harbour");
  tell_asked (&lab, 2, FALSE);
  answer (&lab, "Bert", 1, 640, 480);
  answer (&lab, "Zoë", 2, 480, 640);
  await_tiles (&lab, 2);
  activate (&lab, "filter.wide", NULL);
  await_tiles (&lab, 1);
  await_line (&lab, "Asked 2 people: everyone who can be reached. 2 pictures so far. Still listening. "
                    "1 is hidden by filters.");
  activate (&lab, "filter.tall", NULL);
  answer (&lab, "Zoë", 3, 480, 640);
  await_tiles (&lab, 2);
  activate (&lab, "filter.tall", NULL);
  await_tiles (&lab, 3);

  activate (&lab, "filter.kind-png", NULL);
  activate (&lab, "filter.kind-gif", NULL);
  g_assert_cmpstr (get_chip (&lab, "kind_chip"), ==, "2 Kinds");
  await_view (&lab, "hidden");
  activate (&lab, "filter.kind-jpeg", NULL);
  await_tiles (&lab, 3);
  activate (&lab, "filter.size", g_variant_new_int32 (1));
  g_assert_cmpstr (get_chip (&lab, "size_chip"), ==, "1 Megapixel or More");
  await_view (&lab, "hidden");
  activate (&lab, "filter.size", g_variant_new_int32 (0));
  activate (&lab, "filter.date", g_variant_new_int32 (3));
  g_assert_cmpstr (get_chip (&lab, "date_chip"), ==, "This Year");
  await_view (&lab, "hidden");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "search.show-all", NULL));
  await_tiles (&lab, 3);
  g_assert_cmpstr (get_chip (&lab, "kind_chip"), ==, "Kind");
  g_assert_cmpstr (get_chip (&lab, "date_chip"), ==, "Date");
  ui_fixture_close (&lab.fixture);
}

/* Only whose pictures were found can be chosen; more of them are known later. */
static void
test_person (void)
{
  const FrPeerKey zoe = { { 'Z' } };
  g_autofree char *key = fr_peer_key_to_string (&zoe);
  Lab lab;

  lab_init (&lab);
  ask_for (&lab, "harbour");
  answer (&lab, "Bert", 1, 640, 480);
  answer (&lab, "Bert", 2, 640, 480);
  answer (&lab, "Zoe", 3, 640, 480);
  await_tiles (&lab, 3);
  activate (&lab, "filter.person", g_variant_new_string (key));
  g_assert_cmpstr (get_chip (&lab, "person_chip"), ==, "Zoe");
  await_tiles (&lab, 1);
  answer (&lab, "Zoe", 1, 640, 480);
  await_tiles (&lab, 2);
  activate (&lab, "filter.person", g_variant_new_string (""));
  await_tiles (&lab, 3);
  ui_fixture_close (&lab.fixture);
}

/* What has entered, also below others. */
static gboolean
has_entered (gpointer data)
{
  const Goal *goal = data;

  return g_list_model_get_n_items (fr_search_page_get_found (goal->lab->page)) == goal->n;
}

static FrWallItem *
find_stack (Lab *lab)
{
  for (guint i = 0; i < g_list_model_get_n_items (get_tiles (lab)); i++)
    {
      g_autoptr (FrWallItem) item = g_list_model_get_item (get_tiles (lab), i);

      if (fr_wall_item_get_facts (item)->n_alike > 1)
        return g_steal_pointer (&item);
    }
  return NULL;
}

/* The same picture in several sizes is one tile with the largest on top; behind it all are there. On a busy computer a small
 * form may take more than half a second, and is too late then; the next comes. */
static void
test_stack (void)
{
  g_autoptr (GBytes) fine = make_preview (8), coarse = make_preview (16);
  g_autoptr (FrWallItem) item = NULL;
  guint n = 0;
  Lab lab;

  lab_init (&lab);
  ask_for (&lab, "harbour");
  while (n < 20 && item == NULL)
    {
      n++;
      answer (&lab, "Bert", n, 640 * n, 480 * n);
      answer (&lab, "Bert", 100 + n, 640 * n, 480 * n);
      send_preview (&lab, n, fine);
      send_preview (&lab, 100 + n, n == 1 ? coarse : fine);
      fr_test_wait_until (has_entered, &(Goal){ &lab, NULL, 2 * n }, 10);
      item = find_stack (&lab);
    }
  g_assert_nonnull (item);
  g_assert_cmpuint (g_list_model_get_n_items (get_tiles (&lab)), <, 2 * n);
  g_assert_cmpuint (g_list_model_get_n_items (get_tiles (&lab)), >=, 2); /* the coarse one is another */
  g_assert_true (fr_wall_item_get_hit (item) == fr_stack_get_top (fr_wall_item_get_stack (item)));
  g_assert_cmpuint (fr_hit_get_width (fr_wall_item_get_hit (item)), ==, 640 * n);
  g_clear_object (&item); /* it holds the node */
  ui_fixture_close (&lab.fixture);
}

/* Of whom one asks belongs to the question. */
static void
test_scopes (void)
{
  Lab lab;

  lab_init (&lab);
  activate (&lab, "filter.scope", g_variant_new_string ("mine"));
  g_assert_cmpstr (get_chip (&lab, "scope_chip"), ==, "My Pictures");
  type (&lab, "harbour");
  press_enter (&lab);
  await_view (&lab, "ask");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (get_child (&lab, "status_button"))), ==, "Ask _Everyone");
  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (get_child (&lab, "explanation"))));
  activate (&lab, "filter.scope", g_variant_new_string ("nobody")); /* there is no such thing */
  g_assert_cmpstr (get_chip (&lab, "scope_chip"), ==, "My Pictures");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "search.ask-everyone", NULL));
  g_assert_cmpint (fr_search_get_terms (fr_search_page_get_search (lab.page))->scope, ==, FR_SCOPE_EVERYONE);
  await_view (&lab, "nobody");
  activate (&lab, "filter.scope", g_variant_new_string ("people"));
  g_assert_cmpint (fr_search_get_terms (fr_search_page_get_search (lab.page))->scope, ==, FR_SCOPE_PEOPLE);
  ui_fixture_close (&lab.fixture);
}

void
test_search_page_add (void)
{
  g_test_add_func ("/ui/search-page/typing", test_typing);
  g_test_add_func ("/ui/search-page/answers", test_answers);
  g_test_add_func ("/ui/search-page/filters", test_filters);
  g_test_add_func ("/ui/search-page/person", test_person);
  g_test_add_func ("/ui/search-page/stack", test_stack);
  g_test_add_func ("/ui/search-page/scopes", test_scopes);
}
