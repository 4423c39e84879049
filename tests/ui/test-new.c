/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation.h"
#include "fr-settings.h"
#include "fr-wall-private.h"
#include "fr-wishes-private.h"

#include "tests.h"
#include "ui-fixture.h"

/* The start page in its window, with real people behind it. */

typedef struct
{
  UiFixture anna;
  FrNode *bert; /* who serves, and has no window; NULL: there is nobody */
  char *bert_folder;
  char *server;
  FrMainView *main_view;
  FrNewPage *page;
} Lab;

static void
open_window (Lab *lab)
{
  ui_fixture_open (&lab->anna, "Anna", lab->server);
  ui_fixture_wait_for_page (&lab->anna, "main");
  lab->main_view = fr_window_get_main_view (lab->anna.window);
  lab->page = fr_main_view_get_new_page (lab->main_view);
  ui_fixture_settle ();
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
  open_window (lab);
  if (has_bert)
    ui_fixture_wait_online (fr_window_get_node (lab->anna.window));
}

static void
close_bert (Lab *lab)
{
  if (lab->bert != NULL)
    ui_fixture_close_node (lab->bert);
  lab->bert = NULL;
  g_clear_pointer (&lab->bert_folder, fr_test_folder_free);
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close (&lab->anna);
  close_bert (lab);
  g_free (lab->server);
}

static FrPeople *
get_people (Lab *lab)
{
  return fr_node_get_people (fr_window_get_node (lab->anna.window));
}

static FrNewest *
get_newest (Lab *lab)
{
  return fr_node_get_newest (fr_window_get_node (lab->anna.window));
}

/* They are never reached: there is nothing at that address. */
static void
add_contact (Lab *lab, const char *name, guint8 number)
{
  FrInvitation invitation = { .name = (char *) name, .key = { { number } }, .server = (char *) "127.0.0.1:9",
                              .address = (char *) name };
  g_autofree char *uri = fr_invitation_to_uri (&invitation);
  g_autoptr (GError) error = NULL;

  fr_people_add (get_people (lab), uri, &error);
  g_assert_no_error (error);
  ui_fixture_settle ();
}

typedef struct
{
  GtkWindow *window;
  GtkWidget *widget;
} Focus;

static gboolean
is_within (gpointer data)
{
  const Focus *wanted = data;
  GtkWidget *focus = gtk_window_get_focus (wanted->window);

  return focus != NULL && (focus == wanted->widget || gtk_widget_is_ancestor (focus, wanted->widget));
}

/* It comes with what is shown. */
static void
assert_focus_within (Lab *lab, GtkWidget *widget)
{
  fr_test_wait_until (is_within, &(Focus){ GTK_WINDOW (lab->anna.window), widget }, 10);
}

typedef struct
{
  Lab *lab;
  const char *text;
} Wanted;

static gboolean
has_title (gpointer data)
{
  const Wanted *wanted = data;

  return !fr_new_page_shows_wall (wanted->lab->page)
         && g_str_equal (fr_new_page_get_title (wanted->lab->page), wanted->text);
}

static void
wait_for_title (Lab *lab, const char *title)
{
  Wanted wanted = { lab, title };

  fr_test_wait_until (has_title, &wanted, 25);
}

static gboolean
has_line (gpointer data)
{
  const Wanted *wanted = data;

  return g_strcmp0 (fr_new_page_get_line (wanted->lab->page), wanted->text) == 0;
}

static void
wait_for_line (Lab *lab, const char *line)
{
  Wanted wanted = { lab, line };

  fr_test_wait_until (has_line, &wanted, 25);
}

/* It is where one begins, and leads on to the first person, and from there. */
static void
test_empty (void)
{
  Lab lab;

  lab_init (&lab, FALSE);
  wait_for_title (&lab, "No People Yet");
  g_assert_null (fr_new_page_get_line (lab.page));
  assert_focus_within (&lab, GTK_WIDGET (lab.page));
  add_contact (&lab, "Bert", 1);
  wait_for_title (&lab, "Bert Is Not Here Right Now");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "new.try-again", NULL));
  g_assert_nonnull (fr_people_add (get_people (&lab), "carl", NULL)); /* wherever one meets by now */
  wait_for_title (&lab, "Nobody Is Here Right Now");
  assert_focus_within (&lab, GTK_WIDGET (lab.page));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "new.copy-invitation", NULL)); /* there is none yet */
  lab_clear (&lab);
}

static gboolean
keeps_sharing (gpointer settings)
{
  g_autofree char *keep_sharing = g_settings_get_string (settings, FR_SETTING_KEEP_SHARING);

  return g_str_equal (keep_sharing, "yes");
}

/* Whoever is never met is offered what helps. */
static void
test_keep_sharing (void)
{
  Lab lab;
  g_autoptr (GSettings) settings = fr_settings_open ();
  GtkWidget *button;

  lab_init (&lab, FALSE);
  add_contact (&lab, "Bert", 1);
  wait_for_title (&lab, "Bert Is Not Here Right Now");
  button = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (lab.page), FR_TYPE_NEW_PAGE, "button"));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Try Again"); /* one that ends with its window */
  fr_new_page_set_could_stay (lab.page, TRUE);
  ui_fixture_settle ();
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Keep Sharing in the Background");
  g_assert_false (keeps_sharing (settings));
  g_assert_true (gtk_widget_activate (button));
  fr_test_wait_until (keeps_sharing, settings, 10);
  g_settings_reset (settings, FR_SETTING_KEEP_SHARING);
  lab_clear (&lab);
}

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

static void
share (FrNode *node, const char *folder, const char *name)
{
  g_autofree char *path = ui_fixture_write_photograph (folder, name);
  const char *const paths[] = { path, NULL };
  g_autoptr (FrImport) import = fr_import_new (fr_node_get_gallery (node), paths);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 15);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

static guint
count_fresh (Lab *lab)
{
  return fr_newest_get_n_fresh (get_newest (lab));
}

static gboolean
has_two_tiles (gpointer data)
{
  Lab *lab = data;
  FrWall *wall = fr_new_page_get_wall (lab->page);

  return fr_wall_tiles_find (wall, 1) != NULL && fr_wall_tile_get_texture (fr_wall_tiles_find (wall, 1)) != NULL
         && fr_wall_tile_get_texture (fr_wall_tiles_find (wall, 0)) != NULL;
}

static gboolean
has_two_fresh (gpointer data)
{
  return count_fresh (data) == 2;
}

static gboolean
is_idle (gpointer data)
{
  return fr_newest_get_n_asking (get_newest (data)) == 0;
}

static gboolean
has_nothing_fresh (gpointer data)
{
  return count_fresh (data) == 0;
}

static gboolean
is_bert_here (gpointer data)
{
  return fr_people_get_n_here (data) > 0;
}

/* Nothing, then pictures, which are new until they were looked at; they stay when Bert goes, and over a restart. */
static void
test_pictures (void)
{
  g_autofree char *folder = NULL;
  FrWall *wall;
  Lab lab;

  lab_init (&lab, TRUE);
  g_assert_nonnull (fr_people_add (get_people (&lab), "bert", NULL));
  fr_test_wait_until (is_bert_here, get_people (&lab), 20);
  wait_for_title (&lab, "Bert Has Shared Nothing With You Yet");
  share (lab.bert, lab.bert_folder, "Harbour.png");
  share (lab.bert, lab.bert_folder, "Dune.png");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.anna.window), "win.show-page", "s", "people"));
  ui_fixture_settle ();
  fr_newest_ask (get_newest (&lab), NULL);
  fr_test_wait_until (has_two_fresh, &lab, 20);
  fr_test_wait_until (is_idle, &lab, 10);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.anna.window), "win.show-page", "s", "new"));
  fr_test_wait_until (has_two_tiles, &lab, 20);
  g_assert_true (fr_new_page_shows_wall (lab.page));
  fr_test_wait_until (has_nothing_fresh, &lab, 10);
  wall = fr_new_page_get_wall (lab.page);
  assert_focus_within (&lab, GTK_WIDGET (wall));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (wall), "wall.open", NULL));
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "viewer");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.anna.window), "win.back", NULL));

  close_bert (&lab);
  wait_for_line (&lab, "Nobody is here right now. These are from earlier.");
  g_assert_true (fr_new_page_shows_wall (lab.page));
  ui_fixture_close_window (&lab.anna);
  open_window (&lab);
  fr_test_wait_until (has_two_tiles, &lab, 20);
  g_assert_cmpuint (count_fresh (&lab), ==, 0);
  wait_for_line (&lab, "Nobody is here right now. These are from earlier.");
  lab_clear (&lab);
}

static gboolean
has_request (gpointer data)
{
  return fr_news_card_get_n (data) > 0;
}

static gboolean
has_no_request (gpointer data)
{
  return fr_news_card_get_n (data) == 0;
}

/* Somebody asks: that is said above everything, and answered there; F6 leads there and back. */
static void
test_request (void)
{
  FrNewsCard *card;
  Lab lab;

  lab_init (&lab, TRUE);
  card = fr_new_page_get_card (lab.page);
  g_assert_cmpuint (fr_news_card_get_n (card), ==, 0);
  g_assert_nonnull (fr_people_add (fr_node_get_people (lab.bert), "anna", NULL));
  fr_test_wait_until (has_request, card, 20);
  ui_fixture_settle ();
  g_assert_cmpstr (fr_news_card_get_text (card), ==, "Bert would like to connect to you");
  assert_focus_within (&lab, GTK_WIDGET (lab.page));
  fr_news_card_take_focus (card);
  assert_focus_within (&lab, GTK_WIDGET (card));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (card), "news.accept", NULL));
  fr_test_wait_until (has_no_request, card, 10);
  fr_test_wait_until (is_bert_here, get_people (&lab), 10);
  assert_focus_within (&lab, GTK_WIDGET (lab.page));
  wait_for_title (&lab, "Bert Has Shared Nothing With You Yet");
  lab_clear (&lab);
}

/* As if others had pictures with it. */
static FrWish *
find_new (Lab *lab, FrWish *wish, guint n)
{
  FrWishRecord record = { .fresh = g_array_new (FALSE, TRUE, sizeof (FrContentId)) };

  for (guint i = 0; i < n; i++)
    g_array_append_val (record.fresh, ((FrContentId){ { (guint8) (i + 1) } }));
  fr_wish_take_record (wish, &record);
  g_array_unref (record.fresh);
  g_object_notify (G_OBJECT (wish), "n-new");
  ui_fixture_settle ();
  return wish;
}

/* What a wish has found stands there until it is shown, or not wanted. */
static void
test_wish (void)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new ("harbour");
  FrNewsCard *card;
  FrWish *wish;
  Lab lab;

  lab_init (&lab, FALSE);
  card = fr_new_page_get_card (lab.page);
  wish = fr_wishes_add (fr_node_get_wishes (fr_window_get_node (lab.anna.window)), terms, NULL);
  g_assert_nonnull (wish);
  ui_fixture_settle ();
  g_assert_cmpuint (fr_news_card_get_n (card), ==, 0);
  find_new (&lab, wish, 2);
  g_assert_cmpuint (fr_news_card_get_n (card), ==, 1);
  g_assert_cmpstr (fr_news_card_get_text (card), ==, "2 new pictures for “harbour”");
  find_new (&lab, wish, 3);
  g_assert_cmpstr (fr_news_card_get_text (card), ==, "3 new pictures for “harbour”");
  fr_news_card_take_focus (card);
  assert_focus_within (&lab, GTK_WIDGET (card));
  gtk_widget_activate_action (GTK_WIDGET (card), "news.accept", NULL); /* there is nobody to be accepted */
  g_assert_cmpuint (fr_news_card_get_n (card), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (card), "news.close", NULL);
  g_assert_cmpuint (fr_news_card_get_n (card), ==, 0);
  g_assert_cmpuint (fr_wish_get_n_new (wish), ==, 0);

  find_new (&lab, wish, 1);
  g_assert_cmpstr (fr_news_card_get_text (card), ==, "1 new picture for “harbour”");
  gtk_widget_activate_action (GTK_WIDGET (card), "news.show", NULL);
  fr_test_wait_until (has_no_request, card, 10);
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "search");
  lab_clear (&lab);
}

void
test_new_add (void)
{
  g_test_add_func ("/ui/new/empty", test_empty);
  g_test_add_func ("/ui/new/keep-sharing", test_keep_sharing);
  g_test_add_func ("/ui/new/pictures", test_pictures);
  g_test_add_func ("/ui/new/request", test_request);
  g_test_add_func ("/ui/new/wish", test_wish);
}
