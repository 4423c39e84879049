/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-invitation.h"
#include "fr-people-order.h"
#include "fr-people-private.h"
#include "fr-person-actions.h"
#include "fr-person-page-text.h"
#include "fr-person-private.h"
#include "fr-person-row.h"
#include "fr-person-sharing.h"

#include "tests.h"
#include "ui-fixture.h"

/* What the page of a person says, and the page in its window. */

static void
test_theirs_text (void)
{
  static const struct
  {
    FrPersonPageFacts facts;
    FrPersonPageState state;
    const char *body;
    const char *line; /* nullable */
  } rows[] = {
    { { "Anna", .is_contact = TRUE, .is_here = TRUE, .is_asked = TRUE }, FR_PERSON_PAGE_WALL, "",
      "Asking Anna for their pictures…" },
    { { "Anna", 3, .is_contact = TRUE, .is_here = TRUE, .is_asked = TRUE }, FR_PERSON_PAGE_WALL, "",
      "Asking Anna for their pictures…" },
    { { "Anna", 3, .is_contact = TRUE, .is_here = TRUE }, FR_PERSON_PAGE_WALL, "", NULL },
    { { "Anna", 0, .is_contact = TRUE, .is_here = TRUE }, FR_PERSON_PAGE_NOTHING,
      "Anna has shared nothing with you yet.", NULL },
    { { "Anna", 0, .is_contact = TRUE, .is_here = TRUE, .is_silent = TRUE }, FR_PERSON_PAGE_SILENT,
      "Anna has not answered. What they share shows up here as soon as they do.", NULL },
    { { "Anna", 3, .is_contact = TRUE, .is_here = TRUE, .is_silent = TRUE }, FR_PERSON_PAGE_WALL, "",
      "Anna did not answer. Their pictures are from earlier." },
    { { "Anna", 3, .is_contact = TRUE }, FR_PERSON_PAGE_WALL, "",
      "Anna is not here right now. These you have seen or kept." },
    { { "Anna", 0, .is_contact = TRUE }, FR_PERSON_PAGE_AWAY, "Their pictures show up here when you are both here.",
      NULL },
    { { "Anna", 0, .is_here = TRUE, .is_asked = TRUE }, FR_PERSON_PAGE_NOT_ADDED, "You have not added Anna.", NULL },
    { { "Anna", 3, .is_blocked = TRUE }, FR_PERSON_PAGE_BLOCKED,
      "You have blocked Anna. Neither of you sees what the other shares.", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = fr_person_page_text_body (rows[i].state, rows[i].facts.name);
      g_autofree char *line = fr_person_page_text_line (&rows[i].facts);

      g_assert_cmpint (fr_person_page_text_choose (&rows[i].facts), ==, rows[i].state);
      g_assert_cmpstr (body, ==, rows[i].body);
      g_assert_cmpstr (line, ==, rows[i].line);
      g_assert_cmpint (fr_person_page_text_button (rows[i].state) == NULL, ==,
                       fr_person_page_text_get_action (rows[i].state) == NULL);
    }
}

static void
test_yours_text (void)
{
  static const struct
  {
    FrPersonPageFacts facts;
    const char *line; /* nullable */
  } rows[] = {
    { { "Anna", .is_contact = TRUE }, NULL },
    { { "Anna", .n_yours = 5, .n_waiting = 1, .is_contact = TRUE }, "1 picture waits for Anna to be here." },
    { { "Anna", .n_yours = 5, .n_waiting = 2, .is_contact = TRUE }, "2 pictures wait for Anna to be here." },
    { { "Anna", .n_yours = 5, .n_waiting = 2, .is_contact = TRUE, .is_here = TRUE }, NULL },
    { { "Anna", .n_yours = 5, .n_waiting = 2 }, NULL },
  };
  g_autofree char *body = fr_person_page_text_yours_body ("Anna");
  g_autofree char *none = fr_person_page_text_shared ("Anna", 0);
  g_autofree char *one = fr_person_page_text_shared ("Anna", 1);
  g_autofree char *two = fr_person_page_text_shared ("Anna", 2);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = fr_person_page_text_yours_line (&rows[i].facts);

      g_assert_cmpstr (line, ==, rows[i].line);
    }
  g_assert_cmpstr (body, ==, "You have shared nothing with Anna yet.");
  g_assert_cmpstr (none, ==, "Anna can see these already.");
  g_assert_cmpstr (one, ==, "Shared with Anna: 1 picture");
  g_assert_cmpstr (two, ==, "Shared with Anna: 2 pictures");
}

/* A window, with somebody in it who was met. */
typedef struct
{
  UiFixture window;
  FrNode *node;
  FrPeople *people;
  FrMainView *main_view;
  FrPersonPage *page;
  FrPerson *anna;
} Fixture;

static FrPerson *
append (Fixture *fixture, guint8 number, const char *name, gboolean added)
{
  const FrPeerKey key = { { number } };
  g_autoptr (FrPersonRecord) record = fr_person_record_new (&key, name, "127.0.0.1:9", name);

  record->auto_connect = added;
  return fr_people_append (fixture->people, record);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ui_fixture_open (&fixture->window, "Zoë", NULL);
  ui_fixture_wait_for_page (&fixture->window, "main");
  fixture->node = fr_window_get_node (fixture->window.window);
  fixture->people = fr_node_get_people (fixture->node);
  fixture->main_view = fr_window_get_main_view (fixture->window.window);
  fixture->page = fr_main_view_get_person_page (fixture->main_view);
  fixture->anna = append (fixture, 1, "Anna", TRUE);
  fr_people_save (fixture->people, fixture->anna); /* pictures can be for those whom the store knows */
  fr_main_view_show_page (fixture->main_view, "people");
  ui_fixture_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ui_fixture_close (&fixture->window);
}

static void
assert_shown (Fixture *fixture, const char *name)
{
  ui_fixture_settle ();
  g_assert_cmpstr (fr_main_view_get_visible_name (fixture->main_view), ==, name);
}

static FrPersonRow *
find_row (GtkWidget *widget, FrPerson *person)
{
  if (FR_IS_PERSON_ROW (widget) && fr_person_row_get_person (FR_PERSON_ROW (widget)) == person)
    return FR_PERSON_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      FrPersonRow *found = find_row (child, person);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A row opens the page, back leads to the row; whoever is removed has none. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
  GtkWidget *people_page = GTK_WIDGET (fr_main_view_get_people_page (fixture->main_view));
  FrPersonRow *row = find_row (people_page, fixture->anna);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (row), "person.open", NULL));
  assert_shown (fixture, "person");
  g_assert_true (fr_person_page_get_person (fixture->page) == fixture->anna);
  g_assert_cmpstr (fr_person_page_get_body (fixture->page, TRUE), ==,
                   "Their pictures show up here when you are both here.");
  g_assert_cmpstr (fr_person_page_get_body (fixture->page, FALSE), ==, "You have shared nothing with Anna yet.");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.back", NULL));
  assert_shown (fixture, "pages");
  g_assert_null (fr_person_page_get_person (fixture->page));

  fr_main_view_open_person (fixture->main_view, fixture->anna);
  assert_shown (fixture, "person");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "person.remove", NULL));
  ui_fixture_respond ("yes");
  assert_shown (fixture, "pages");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->people)), ==, 0);
}

/* Of somebody who was not added, and who is blocked. */
static void
test_states (Fixture *fixture, gconstpointer data)
{
  FrPerson *stranger = append (fixture, 2, "<Boris>", FALSE);

  fr_person_set_state (stranger, FR_PERSON_HERE, NULL);
  fr_main_view_open_person (fixture->main_view, stranger);
  ui_fixture_settle ();
  g_assert_cmpstr (fr_person_page_get_body (fixture->page, TRUE), ==, "You have not added &lt;Boris&gt;.");
  g_assert_cmpstr (fr_person_page_get_body (fixture->page, FALSE), ==, "You have not added &lt;Boris&gt;.");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "person.add", NULL));
  g_assert_true (fr_person_get_added (stranger));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "person.block", NULL));
  ui_fixture_respond ("cancel");
  g_assert_false (fr_person_get_blocked (stranger));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "person.block", NULL));
  ui_fixture_respond ("yes");
  ui_fixture_settle ();
  g_assert_true (fr_person_get_blocked (stranger));
  g_assert_cmpstr (fr_person_page_get_body (fixture->page, TRUE), ==,
                   "You have blocked &lt;Boris&gt;. Neither of you sees what the other shares.");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "person.unblock", NULL));
  assert_shown (fixture, "pages");
}

static gboolean
is_shared (gpointer data)
{
  Fixture *fixture = data;

  return g_list_model_get_n_items (fr_person_page_get_pictures (fixture->page, FALSE)) == 1;
}

static AdwToast *
find_toast (GtkWidget *widget)
{
  AdwToast *toast = NULL;

  if (g_strcmp0 (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget") == 0)
    g_object_get (widget, "toast", &toast, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && toast == NULL;
       child = gtk_widget_get_next_sibling (child))
    toast = find_toast (child);
  return toast;
}

static gboolean
is_told (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (AdwToast) toast = find_toast (GTK_WIDGET (fixture->window.window));

  return toast != NULL && g_str_equal (adw_toast_get_title (toast), "Shared with Anna: 1 picture");
}

static gboolean
is_taken_back (gpointer data)
{
  return !is_shared (data);
}

/* It is not dismissed too, as by a click: libadwaita 1.2 does not bear that while it still comes. */
static void
undo (Fixture *fixture)
{
  g_autoptr (AdwToast) toast = find_toast (GTK_WIDGET (fixture->window.window));

  g_signal_emit_by_name (toast, "button-clicked");
}

/* What is dropped on a page is for that person alone, and can be taken back: what is new goes, and what was there before is
 * for whom it was. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ui_fixture_write_photograph (fixture->window.folder, "drop.jpg");
  FrGallery *gallery = fr_node_get_gallery (fixture->node);
  const char *paths[] = { path, NULL };
  FrOffer offer = { .paths = (GStrv) paths };
  g_autoptr (GListModel) yours = NULL;
  const FrPicture *picture;
  g_autoptr (FrGalleryItem) item = NULL;
  FrAudience audience;
  GBytes *readers;

  fr_main_view_open_person (fixture->main_view, fixture->anna);
  for (guint i = 0; i < 2; i++)
    {
      fr_person_page_take_offer (fixture->page, &offer);
      g_assert_cmpstr (fr_person_page_get_visible_name (fixture->page), ==, "yours");
      fr_test_wait_until (is_shared, fixture, 20);
      fr_test_wait_until (is_told, fixture, 20);
      if (i == 0)
        {
          undo (fixture);
          fr_test_wait_until (is_taken_back, fixture, 20);
          g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gallery)), ==, 0);
          ui_fixture_settle ();
        }
    }
  item = g_list_model_get_item (G_LIST_MODEL (gallery), 0);
  picture = fr_gallery_item_get_picture (item);
  g_assert_cmpint (picture->audience, ==, FR_AUDIENCE_CHOSEN);
  g_assert_true (fr_person_sharing_includes (picture, fixture->anna));
  g_assert_false (fr_person_sharing_includes (picture, append (fixture, 3, "Carl", TRUE)));
  g_assert_false (fr_gallery_get_audience (gallery, &audience, &readers)); /* nor usual from now on */
}

static gboolean
is_told_to_be_withheld (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (AdwToast) toast = find_toast (GTK_WIDGET (fixture->window.window));

  return toast != NULL && strstr (adw_toast_get_title (toast), "for you alone until you share it") != NULL;
}

/* What tells where it was made, and cannot be cleaned, is not shared; and that is said. */
static void
test_withheld (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ui_fixture_write_picture (fixture->window.folder, "drop.svg");
  const char *paths[] = { path, NULL };
  FrOffer offer = { .paths = (GStrv) paths };

  fr_people_page_take_offer (fr_main_view_get_people_page (fixture->main_view), fixture->anna, &offer);
  fr_test_wait_until (is_told_to_be_withheld, fixture, 20);
  fr_main_view_open_person (fixture->main_view, fixture->anna);
  ui_fixture_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (fr_person_page_get_pictures (fixture->page, FALSE)), ==, 0);
}

/* Who waits for an answer stands first, then one's own people, then others. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  FrPerson *stranger = append (fixture, 2, "Boris", FALSE), *asks = append (fixture, 3, "Carl", FALSE);
  g_autoptr (GListModel) ordered = fr_people_order_new (fixture->people);
  FrPerson *const wanted[] = { asks, fixture->anna, stranger };

  fr_person_set_state (stranger, FR_PERSON_HERE, NULL);
  fr_person_set_state (asks, FR_PERSON_ASKS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (ordered, i);

      g_assert_true (person == wanted[i]);
    }
  g_assert_null (fr_people_order_get_heading (fr_people_order_get_group (asks), TRUE));
  g_assert_null (fr_people_order_get_heading (fr_people_order_get_group (fixture->anna), TRUE));
  g_assert_cmpstr (fr_people_order_get_heading (fr_people_order_get_group (fixture->anna), FALSE), ==, "Your people");
  g_assert_cmpstr (fr_people_order_get_heading (fr_people_order_get_group (stranger), FALSE), ==,
                   "Others who are connected");
  fr_people_accept (fixture->people, asks);
  g_assert_cmpint (fr_people_order_get_group (asks), ==, FR_PEOPLE_GROUP_ASKING); /* until the link is there */
  fr_person_set_state (asks, FR_PERSON_HERE, NULL);
  g_assert_cmpint (fr_people_order_get_group (asks), ==, FR_PEOPLE_GROUP_YOURS);
}

/* Looking for pictures begins with the person whose page that is, and with everyone elsewhere. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  FrFilterBar *bar = fr_search_page_get_filter_bar (fr_main_view_get_search_page (fixture->main_view));
  FrPeerKey key;

  fr_main_view_open_person (fixture->main_view, fixture->anna);
  fr_main_view_search (fixture->main_view);
  g_assert_cmpint (fr_filter_bar_get_scope (bar, &key), ==, FR_SCOPE_PERSON);
  g_assert_cmpint (key.bytes[0], ==, 1);
  fr_main_view_go_home (fixture->main_view);
  fr_main_view_search (fixture->main_view);
  g_assert_cmpint (fr_filter_bar_get_scope (bar, &key), ==, FR_SCOPE_EVERYONE);
}

void
test_person_page_add (void)
{
  g_test_add_func ("/ui/person-page/theirs-text", test_theirs_text);
  g_test_add_func ("/ui/person-page/yours-text", test_yours_text);
  g_test_add ("/ui/person-page/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/ui/person-page/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/ui/person-page/drop", Fixture, NULL, set_up, test_drop, tear_down);
  g_test_add ("/ui/person-page/withheld", Fixture, NULL, set_up, test_withheld, tear_down);
  g_test_add ("/ui/person-page/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/ui/person-page/search", Fixture, NULL, set_up, test_search, tear_down);
}
