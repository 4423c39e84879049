/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-audience-change.h"
#include "fr-audience-dialog.h"
#include "fr-audience-text.h"
#include "fr-contacts.h"
#include "fr-invitation.h"
#include "fr-readers-popover.h"
#include "fr-rescue-text.h"

#include "tests.h"
#include "ui-fixture.h"

/* Who can see pictures: said once, changed for one or many, shown on each. */

static const FrPeerKey anna_key = { { 1 } }, bert_key = { { 2 } }, stranger_key = { { 3 } };

static void
test_texts (void)
{
  static const struct
  {
    FrAudience audience;
    guint n;
    const char *text;
  } rows[] = {
    { FR_AUDIENCE_EVERYONE, 0, "For everyone" },
    { FR_AUDIENCE_CONTACTS, 7, "For my contacts" },
    { FR_AUDIENCE_CHOSEN, 0, "For nobody any more" },
    { FR_AUDIENCE_CHOSEN, 1, "For 1 person" },
    { FR_AUDIENCE_CHOSEN, 2, "For 2 people" },
    { FR_AUDIENCE_ONLY_ME, 0, "Only for me" },
  };
  g_autofree char *none = fr_rescue_text_describe (0), *one = fr_rescue_text_describe (1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_audience_text_describe (rows[i].audience, rows[i].n);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_nonnull (fr_audience_text_get_icon (rows[i].audience));
      g_assert_nonnull (fr_audience_text_get_name (rows[i].audience));
    }
  g_assert_null (strstr (none, "only you"));
  g_assert_nonnull (strstr (one, "1 picture has lost its title"));
}

typedef struct
{
  UiFixture fixture;
  FrNode *node;
  FrGallery *gallery;
  FrPeople *people;
  FrGalleryPage *page;
} Lab;

static void
lab_init (Lab *lab)
{
  *lab = (Lab) { { NULL } };
  ui_fixture_open (&lab->fixture, "Zoe", NULL);
  ui_fixture_wait_for_page (&lab->fixture, "main");
  lab->node = fr_window_get_node (lab->fixture.window);
  lab->gallery = fr_node_get_gallery (lab->node);
  lab->people = fr_node_get_people (lab->node);
  lab->page = fr_main_view_get_gallery_page (fr_window_get_main_view (lab->fixture.window));
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close (&lab->fixture);
}

/* They are never reached: there is nothing at that address. */
static void
add_contact (Lab *lab, const char *name, const FrPeerKey *key)
{
  FrInvitation invitation = { .name = (char *) name, .key = *key, .server = (char *) "127.0.0.1:9",
                              .address = (char *) name };
  g_autofree char *uri = fr_invitation_to_uri (&invitation);

  g_assert_nonnull (fr_people_add (lab->people, uri, NULL));
}

static gboolean
is_idle (gpointer data)
{
  return !fr_import_bar_is_busy (data);
}

static void
cancel (void)
{
  GtkWindow *dialog = ui_fixture_await_window (FR_TYPE_AUDIENCE_DIALOG);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "window.close", NULL));
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find_window (FR_TYPE_AUDIENCE_DIALOG));
}

static guint
count (Lab *lab)
{
  return g_list_model_get_n_items (G_LIST_MODEL (lab->gallery));
}

static FrPicture *
get_picture (Lab *lab, guint position)
{
  g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (lab->gallery), position);

  return fr_gallery_item_get_picture (item);
}

static void
offer (Lab *lab, const char *name)
{
  g_autofree char *path = ui_fixture_write_photograph (lab->fixture.folder, name);
  const char *const paths[] = { path, NULL };

  fr_gallery_page_offer_paths (lab->page, paths);
}

static void
wait_added (Lab *lab, guint n)
{
  fr_test_wait_until (is_idle, fr_gallery_page_get_import_bar (lab->page), 20);
  g_assert_cmpuint (count (lab), ==, n);
}

/* Nobody is chosen by itself: there is no answer before there is one. */
static void
test_dialog (void)
{
  g_autoptr (GBytes) nobody = NULL;
  g_autoptr (GBytes) bert = fr_audience_list_readers (&bert_key, 1);
  g_autoptr (GBytes) stranger = fr_audience_list_readers (&stranger_key, 1);
  FrAudience audience = FR_AUDIENCE_EVERYONE;
  FrAudienceDialog *dialog;
  Lab lab;

  lab_init (&lab);
  add_contact (&lab, "Anna", &anna_key);
  add_contact (&lab, "Bert", &bert_key);
  offer (&lab, "Dune.png");
  dialog = FR_AUDIENCE_DIALOG (ui_fixture_await_window (FR_TYPE_AUDIENCE_DIALOG));
  g_assert_false (fr_audience_dialog_get_answer (dialog, &audience, &nobody));
  fr_audience_dialog_choose (dialog, FR_AUDIENCE_CHOSEN, NULL);
  g_assert_false (fr_audience_dialog_get_answer (dialog, &audience, &nobody));
  fr_audience_dialog_choose (dialog, FR_AUDIENCE_CHOSEN, stranger);
  g_assert_false (fr_audience_dialog_get_answer (dialog, &audience, &nobody));
  fr_audience_dialog_choose (dialog, FR_AUDIENCE_CHOSEN, bert);
  g_assert_true (fr_audience_dialog_get_answer (dialog, &audience, &nobody));
  g_assert_true (g_bytes_equal (nobody, bert));
  cancel ();
  lab_clear (&lab);
}

static void
press_enter (FrAudienceDialog *dialog, const char *check_name)
{
  GObject *check = gtk_widget_get_template_child (GTK_WIDGET (dialog), FR_TYPE_AUDIENCE_DIALOG, check_name);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (dialog));
  gboolean is_handled = FALSE;

  gtk_window_set_focus (GTK_WINDOW (dialog), gtk_widget_get_ancestor (GTK_WIDGET (check), ADW_TYPE_ACTION_ROW));
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Return, 0, 0, &is_handled);
    }
  g_assert_true (is_handled);
  ui_fixture_settle ();
}

/* Enter picks what has the focus; only then it is the answer, though another was picked before. */
static void
test_keys (void)
{
  static const struct
  {
    const char *check;
    FrAudience audience;
  } rows[] = { { "only_me_check", FR_AUDIENCE_ONLY_ME }, { "contacts_check", FR_AUDIENCE_CONTACTS } };
  FrAudience audience = FR_AUDIENCE_EVERYONE;
  FrAudienceDialog *dialog;
  GBytes *readers;
  Lab lab;

  lab_init (&lab);
  offer (&lab, "Dune.png");
  dialog = FR_AUDIENCE_DIALOG (ui_fixture_await_window (FR_TYPE_AUDIENCE_DIALOG));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      press_enter (dialog, rows[i].check);
      g_assert_true (ui_fixture_find_window (FR_TYPE_AUDIENCE_DIALOG) == GTK_WINDOW (dialog));
      g_assert_true (fr_audience_dialog_get_answer (dialog, &audience, NULL));
      g_assert_cmpint (audience, ==, rows[i].audience);
    }
  press_enter (dialog, "contacts_check");
  g_assert_null (ui_fixture_find_window (FR_TYPE_AUDIENCE_DIALOG));
  g_assert_true (fr_gallery_get_audience (lab.gallery, &audience, &readers));
  g_assert_cmpint (audience, ==, FR_AUDIENCE_CONTACTS);
  wait_added (&lab, 1);
  lab_clear (&lab);
}

/* Asked once; whoever gives no answer adds nothing; what is dropped meanwhile waits for the same answer. */
static void
test_first_import (void)
{
  FrAudience audience = FR_AUDIENCE_EVERYONE;
  GBytes *readers;
  Lab lab;

  lab_init (&lab);
  offer (&lab, "Dune.png");
  cancel ();
  g_assert_false (fr_gallery_get_audience (lab.gallery, &audience, &readers));
  g_assert_false (fr_import_bar_is_busy (fr_gallery_page_get_import_bar (lab.page)));

  offer (&lab, "Dune.png");
  offer (&lab, "Harbour.png");
  ui_fixture_answer_audience (FR_AUDIENCE_CONTACTS, NULL);
  wait_added (&lab, 2);
  g_assert_cmpint (get_picture (&lab, 0)->audience, ==, FR_AUDIENCE_CONTACTS);
  g_assert_cmpint (get_picture (&lab, 1)->audience, ==, FR_AUDIENCE_CONTACTS);

  offer (&lab, "Street.png");
  g_assert_null (ui_fixture_find_window (FR_TYPE_AUDIENCE_DIALOG));
  wait_added (&lab, 3);
  g_assert_cmpint (get_picture (&lab, 0)->audience, ==, FR_AUDIENCE_CONTACTS);
  lab_clear (&lab);
}

/* Where those who were chosen are contacts no more, that is asked again. */
static void
test_nobody_left (void)
{
  g_autoptr (GBytes) bert = fr_audience_list_readers (&bert_key, 1);
  Lab lab;

  lab_init (&lab);
  add_contact (&lab, "Bert", &bert_key);
  fr_gallery_set_audience (lab.gallery, FR_AUDIENCE_CHOSEN, bert);
  offer (&lab, "Dune.png");
  wait_added (&lab, 1);
  fr_people_remove (lab.people, fr_people_find_key (lab.people, &bert_key));
  offer (&lab, "Harbour.png");
  ui_fixture_answer_audience (FR_AUDIENCE_ONLY_ME, NULL);
  wait_added (&lab, 2);
  g_assert_cmpint (get_picture (&lab, 0)->audience, ==, FR_AUDIENCE_ONLY_ME);
  lab_clear (&lab);
}

static void
fill (Lab *lab, guint n)
{
  fr_gallery_set_audience (lab->gallery, FR_AUDIENCE_EVERYONE, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Picture %u.svg", i);

      offer (lab, name);
    }
  wait_added (lab, n);
}

typedef struct
{
  Lab *lab;
  guint n;
} Goal;

static gboolean
has_only_mine (gpointer data)
{
  const Goal *goal = data;
  guint n = 0;

  for (guint i = 0; i < count (goal->lab); i++)
    n += get_picture (goal->lab, i)->audience == FR_AUDIENCE_ONLY_ME;
  return n == goal->n;
}

/* Picking more than one is selecting; what is selected changes together, and selecting has ended then. */
static void
test_many (void)
{
  GtkSelectionModel *selection;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 3);
  selection = fr_wall_get_selection (fr_gallery_page_get_wall (lab.page));
  gtk_selection_model_select_item (selection, 0, TRUE);
  g_assert_false (fr_wall_get_selecting (fr_gallery_page_get_wall (lab.page)));
  gtk_selection_model_select_item (selection, 1, FALSE);
  g_assert_true (fr_wall_get_selecting (fr_gallery_page_get_wall (lab.page)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "gallery.share", NULL));
  cancel ();
  g_assert_true (fr_wall_get_selecting (fr_gallery_page_get_wall (lab.page)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "gallery.share", NULL));
  ui_fixture_answer_audience (FR_AUDIENCE_ONLY_ME, NULL);
  fr_test_wait_until (has_only_mine, &(Goal) { &lab, 2 }, 10);
  ui_fixture_settle ();
  g_assert_false (fr_wall_get_selecting (fr_gallery_page_get_wall (lab.page)));
  g_assert_cmpint (get_picture (&lab, 2)->audience, ==, FR_AUDIENCE_EVERYONE);
  lab_clear (&lab);
}

/* What is shown is what is for those that were asked for, also when that changes. */
static void
test_filter (void)
{
  static const guint n_shown[] = {
    [FR_AUDIENCE_EVERYONE] = 2, [FR_AUDIENCE_CONTACTS] = 0, [FR_AUDIENCE_CHOSEN] = 0, [FR_AUDIENCE_ONLY_ME] = 1,
  };
  g_autoptr (FrGalleryItem) item = NULL;
  GtkSelectionModel *selection;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 3);
  selection = fr_wall_get_selection (fr_gallery_page_get_wall (lab.page));
  item = g_list_model_get_item (G_LIST_MODEL (lab.gallery), 1);
  fr_gallery_page_show_audience (lab.page, FR_AUDIENCE_EVERYONE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 3);
  fr_gallery_share_async (lab.gallery, fr_gallery_item_get_id (item), 1, FR_AUDIENCE_ONLY_ME, NULL, NULL, NULL, NULL);
  fr_test_wait_until (has_only_mine, &(Goal) { &lab, 1 }, 10);
  for (guint audience = 0; audience <= FR_AUDIENCE_LAST; audience++)
    {
      fr_gallery_page_show_audience (lab.page, (int) audience);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, n_shown[audience]);
    }
  fr_gallery_page_show_audience (lab.page, -1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 3);
  lab_clear (&lab);
}

static FrPicture *
make_picture (FrAudience audience, GBytes *readers, const FrPeerKey *origin, const char *name)
{
  FrPicture *picture = fr_picture_new ();

  fr_picture_set_audience (picture, audience, readers);
  if (origin != NULL)
    fr_picture_set_origin (picture, origin, name);
  return picture;
}

/* Whom it is from, and for whom it is; names are those of the contacts. */
static void
test_pictures (void)
{
  const FrPeerKey keys[] = { anna_key, bert_key, stranger_key };
  g_autoptr (GBytes) three = fr_audience_list_readers (keys, 3);
  const struct
  {
    FrAudience audience;
    GBytes *readers;
    const FrPeerKey *origin;
    const char *name; /* what they called themselves */
    const char *text;
    guint n_readers;  /* contacts that are named */
    const char *list;
  } rows[] = {
    { FR_AUDIENCE_EVERYONE, NULL, NULL, NULL, "For everyone", 0, "Anyone on the network" },
    { FR_AUDIENCE_CONTACTS, NULL, NULL, NULL, "For my contacts", 2, "Your contacts:" },
    { FR_AUDIENCE_CHOSEN, three, NULL, NULL, "For 2 people", 2, "Whom you chose:" },
    { FR_AUDIENCE_ONLY_ME, NULL, NULL, NULL, "Only for me", 0, "Only you" },
    { FR_AUDIENCE_ONLY_ME, NULL, &anna_key, NULL, "From Anna. Only for me", 0, "Only you" },
    { FR_AUDIENCE_ONLY_ME, NULL, &anna_key, "Queen Anne", "From Anna. Only for me", 0, "Only you" },
    { FR_AUDIENCE_EVERYONE, NULL, &stranger_key, NULL, "From someone else. For everyone", 0, "Anyone on the network" },
    { FR_AUDIENCE_ONLY_ME, NULL, &stranger_key, "Bob", "From “Bob” (not one of your contacts). Only for me", 0,
      "Only you" },
    { FR_AUDIENCE_ONLY_ME, NULL, &stranger_key, "Anna", "From “Anna” (not one of your contacts). Only for me", 0,
      "Only you" },
    { FR_AUDIENCE_ONLY_ME, NULL, &stranger_key, "Bob\n", "From “Bob” (not one of your contacts). Only for me", 0,
      "Only you" },
    { FR_AUDIENCE_ONLY_ME, NULL, &stranger_key, "\u202eboB", "From someone else. Only for me", 0, "Only you" },
  };
  FrReadersPopover *popover = g_object_ref_sink (g_object_new (FR_TYPE_READERS_POPOVER, NULL));
  Lab lab;

  lab_init (&lab);
  add_contact (&lab, "Anna", &anna_key);
  add_contact (&lab, "Bert", &bert_key);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPicture) picture = make_picture (rows[i].audience, rows[i].readers, rows[i].origin, rows[i].name);
      g_autofree char *text = NULL;
      GListModel *readers;

      text = fr_audience_text_describe_picture (picture, lab.people);
      g_assert_cmpstr (text, ==, rows[i].text);
      fr_readers_popover_show_picture (popover, picture, lab.people);
      readers = fr_readers_popover_get_readers (popover);
      g_assert_cmpuint (readers != NULL ? g_list_model_get_n_items (readers) : 0, ==, rows[i].n_readers);
      g_assert_cmpstr (fr_readers_popover_get_text (popover), ==, rows[i].list);
    }
  g_object_unref (popover);
  lab_clear (&lab);
}

void
test_audience_add (void)
{
  g_test_add_func ("/ui/audience/texts", test_texts);
  g_test_add_func ("/ui/audience/dialog", test_dialog);
  g_test_add_func ("/ui/audience/keys", test_keys);
  g_test_add_func ("/ui/audience/first-import", test_first_import);
  g_test_add_func ("/ui/audience/nobody-left", test_nobody_left);
  g_test_add_func ("/ui/audience/many", test_many);
  g_test_add_func ("/ui/audience/filter", test_filter);
  g_test_add_func ("/ui/audience/pictures", test_pictures);
}
