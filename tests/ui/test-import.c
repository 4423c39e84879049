/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fr-address-only.h"
#include "fr-describe-bar.h"
#include "fr-failures-dialog.h"
#include "fr-import-bar.h"
#include "fr-import-text.h"
#include "fr-room-dialog.h"

#include "tests.h"
#include "ui-fixture.h"

/* Adding pictures: what is said, and the bar from the first look to the words about them. */

#define GB G_GUINT64_CONSTANT (1000000000)
#define SMALL_DISK (64 * 1024)

/* Words */

static void
test_summaries (void)
{
  static const struct
  {
    FrImportFacts facts;
    const char *text;
  } rows[] = {
    { { .n_total = 1, .n_added = 1 }, "1 picture added." },
    { { .n_total = 3, .n_added = 2, .n_known = 1 }, "2 pictures added. 1 was there already." },
    { { .n_total = 2, .n_known = 2 }, "2 were there already." },
    { { .n_total = 40, .n_added = 37, .n_failed = 3 }, "37 pictures added. 3 of 40 could not be added." },
    { { .n_total = 1, .n_failed = 1 }, "No picture was added. 1 of 1 could not be added." },
    { { .n_total = 2, .n_known = 1, .n_failed = 1 }, "No picture was added. 1 was there already. 1 of 2 could not be added." },
    { { 0 }, "No picture was added." },
    { { .n_total = 9, .n_added = 4, .is_stopped = TRUE }, "Stopped. 4 pictures were added before." },
    { { .n_total = 9, .n_added = 1, .n_known = 2, .is_stopped = TRUE },
      "Stopped. 1 picture was added before. 2 were there already." },
    { { .is_stopped = TRUE }, "Stopped. No picture was added." },
    { { .n_total = 2, .n_added = 2, .n_cleaned = 2, .n_withheld = 1 },
      "2 pictures added. Details such as the place were removed from what is shared of 2. "
      "1 is for you alone until you share it: its details cannot be removed." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_import_text_summarise (&rows[i].facts);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_progress (void)
{
  static const struct
  {
    guint n_total, n_done;
    const char *text;
    guint quarter;
  } rows[] = {
    { 0, 0, "Looking for pictures…", 0 },        { 1, 0, "Adding picture 1 of 1…", 0 },
    { 40, 9, "Adding picture 10 of 40…", 0 },    { 40, 10, "Adding picture 11 of 40…", 1 },
    { 40, 39, "Adding picture 40 of 40…", 3 },   { 40, 40, "Adding picture 40 of 40…", 4 },
    { 2, 1, "Adding picture 2 of 2…", 2 },
  };
  g_autofree char *few = fr_import_text_looking (FR_IMPORT_TEXT_MANY - 1);
  g_autofree char *many = fr_import_text_looking (FR_IMPORT_TEXT_MANY);
  g_autofree char *none = fr_import_text_out_of_room (0), *some = fr_import_text_out_of_room (3);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const FrImportFacts facts = { .n_total = rows[i].n_total, .n_done = rows[i].n_done };
      g_autofree char *text = fr_import_text_adding (&facts);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpuint (fr_import_text_quarter (&facts), ==, rows[i].quarter);
    }
  g_assert_cmpstr (few, ==, "Looking for pictures…");
  g_assert_cmpstr (many, ==, "Looking for pictures, 100 so far…");
  g_assert_cmpstr (none, ==, "There is no room left on the disk. Make some room, then go on.");
  g_assert_cmpstr (some, ==,
                   "There is no room left on the disk. 3 pictures were added before. Make some room, then go on.");
  g_assert_cmpstr (fr_import_text_question (1), ==, "What is in this picture?");
  g_assert_cmpstr (fr_import_text_question (2), ==, "What is in these pictures?");
  g_assert_cmpstr (fr_import_text_described (1, TRUE), ==, "Saved. Others find it by these words.");
  g_assert_cmpstr (fr_import_text_described (2, FALSE), ==, "Saved. You find them by these words.");
}

/* The dialog, by what the room is; what it answers is left to whoever asked. */
static void
test_room (void)
{
  static const struct
  {
    FrRoom room;
    const char *heading;
    const char *start; /* of the body: sizes have a space of their own kind */
    const char *end;
    gboolean can_add;
  } rows[] = {
    { { 0, 100, 40 * GB, 1 }, NULL, NULL, NULL, FALSE },
    { { 6 * GB, 12 * GB, 40 * GB, 3000 }, "Add 3000 Pictures?", "About 12.0", " free.", TRUE },
    { { 0, 3 * GB, 4 * GB, 1 }, "Add 1 Picture?", "About 3.0", " free.", TRUE },
    { { 6 * GB, 12 * GB, 8 * GB, 3000 }, "Add 3000 Pictures?", "About 12.0", "It may not be enough for all of them.", TRUE },
    { { 9 * GB, 18 * GB, 8 * GB, 3000 }, "Not Enough Room", "These need about 9.0", "Make some room, or add fewer.", FALSE },
  };
  GtkWidget *window = adw_window_new ();
  GtkWidget *child = gtk_label_new ("Pictures");

  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_null (fr_room_dialog_present (child, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWindow *dialog = fr_room_dialog_present (child, &rows[i].room);

      g_assert_cmpint (dialog != NULL, ==, rows[i].heading != NULL);
      if (dialog == NULL)
        continue;
      g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, rows[i].heading);
      g_assert_true (g_str_has_prefix (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), rows[i].start));
      g_assert_true (g_str_has_suffix (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), rows[i].end));
      g_assert_cmpint (adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog), "add"), ==, rows[i].can_add);
      gtk_window_destroy (dialog);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  ui_fixture_settle ();
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *text;
    gboolean is_address;
  } rows[] = {
    { "https://example.org/dune.jpg", TRUE },
    { " HTTP://example.org/a?b#c\n", TRUE },
    { "data:image/png;base64,iVBORw0KGgo=", TRUE },
    { "ftp://example.org/dune.jpg", TRUE },
    { "file:///home/anna/dune.jpg", FALSE },
    { "freshet:invite?name=Anna", FALSE },
    { "https://example.org/dune.jpg and more", FALSE },
    { "look: https://example.org/dune.jpg", FALSE },
    { "dune.jpg", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (rows[i].text);

      g_assert_cmpint (fr_address_only_is_text (rows[i].text), ==, rows[i].is_address);
      if (i < 1 || g_str_has_prefix (rows[i].text, "file:"))
        g_assert_cmpint (fr_address_only_is_file (file), ==, rows[i].is_address);
    }
}

/* The bar: in a window, so that it has a place for its toasts and questions. */

typedef struct
{
  char *folder;
  char *files;
  FrNode *node;
  GtkWidget *window;
  FrImportBar *bar;
  GString *said;
} Lab;

static void
finished_cb (FrImportBar *bar, FrImport *import, const char *text, GString *said)
{
  g_string_append_printf (said, "%s|", text);
}

static void
lab_set_up (Lab *lab, gconstpointer data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  lab->folder = fr_test_folder_new ();
  lab->files = fr_test_folder_new ();
  lab->node = ui_fixture_open_node (lab->folder, "Anna", NULL);
  lab->window = adw_window_new ();
  lab->bar = g_object_new (FR_TYPE_IMPORT_BAR, NULL);
  lab->said = g_string_new (NULL);
  fr_import_bar_set_node (lab->bar, lab->node);
  g_signal_connect (lab->bar, "finished", G_CALLBACK (finished_cb), lab->said);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (lab->bar));
  adw_window_set_content (ADW_WINDOW (lab->window), overlay);
  gtk_window_present (GTK_WINDOW (lab->window));
}

static void
lab_tear_down (Lab *lab, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (lab->window));
  ui_fixture_settle ();
  ui_fixture_close_node (lab->node);
  g_string_free (lab->said, TRUE);
  fr_test_folder_free (lab->folder);
  fr_test_folder_free (lab->files);
}

static GtkWidget *
get_child (gpointer widget, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name));
}

static GtkWidget *
get_describe_child (Lab *lab, const char *name)
{
  return get_child (get_child (lab->bar, "describe_bar"), name);
}

static const char *
get_text (Lab *lab)
{
  return gtk_label_get_label (GTK_LABEL (get_child (lab->bar, "label")));
}

static gboolean
is_revealed (Lab *lab)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (get_child (lab->bar, "revealer")));
}

static gboolean
asks_for_words (gpointer data)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (get_describe_child (data, "revealer")));
}

static gboolean
asks_no_more (gpointer data)
{
  return !asks_for_words (data);
}

static gboolean
is_idle (gpointer data)
{
  return !fr_import_bar_is_busy (data);
}

/* Begins to add what is in the folder for files, or something in it. */
static void
begin (Lab *lab, const char *name, FrAudience audience)
{
  g_autofree char *path = g_build_filename (lab->files, name, NULL);
  const char *const paths[] = { path, NULL };
  g_autoptr (FrImport) import = fr_import_new (fr_node_get_gallery (lab->node), paths);

  fr_import_set_audience (import, audience, NULL);
  fr_import_set_keeps_metadata (import, TRUE);
  fr_import_bar_add (lab->bar, import);
}

static void
add (Lab *lab, const char *name, FrAudience audience)
{
  begin (lab, name, audience);
  fr_test_wait_until (is_idle, lab->bar, 20);
}

static void
write_picture (Lab *lab, const char *name)
{
  g_free (ui_fixture_write_picture (lab->files, name));
}

static const FrPicture *
get_picture (Lab *lab, guint position)
{
  g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (fr_node_get_gallery (lab->node)), position);

  return fr_gallery_item_get_picture (item);
}

/* What is said about what was added is for all of it, from one time to the next, and for what is new alone. */
static void
test_describe (Lab *lab, gconstpointer data)
{
  GtkEditable *entry = GTK_EDITABLE (get_describe_child (lab, "entry"));
  GtkWidget *button = get_describe_child (lab, "save_button");

  write_picture (lab, "One.svg");
  add (lab, "One.svg", FR_AUDIENCE_EVERYONE);
  g_assert_true (asks_for_words (lab));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_describe_child (lab, "label"))), ==, "What is in this picture?");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (entry, "  ");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (entry, " Lena at the harbour ");
  write_picture (lab, "Two.svg");
  add (lab, "Two.svg", FR_AUDIENCE_EVERYONE); /* while one types */
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_describe_child (lab, "label"))), ==, "What is in these pictures?");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, " Lena at the harbour ");
  g_signal_emit_by_name (button, "clicked");
  fr_test_wait_until (asks_no_more, lab, 10);
  g_assert_cmpstr (get_picture (lab, 0)->description, ==, "Lena at the harbour");
  g_assert_cmpstr (get_picture (lab, 1)->description, ==, "Lena at the harbour");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");

  add (lab, "One.svg", FR_AUDIENCE_EVERYONE);
  g_assert_false (asks_for_words (lab));
  g_assert_cmpstr (lab->said->str, ==, "1 picture added.|1 picture added.|1 was there already.|");
}

/* What is too long is said so, and stays; who does not want to say anything need not. */
static void
test_describe_not (Lab *lab, gconstpointer data)
{
  GtkEditable *entry = GTK_EDITABLE (get_describe_child (lab, "entry"));
  GtkWidget *error = get_describe_child (lab, "error_label");
  g_autofree char *longer = g_strnfill (FR_PICTURE_MAX_DESCRIPTION + 1, 'x');

  write_picture (lab, "One.svg");
  add (lab, "One.svg", FR_AUDIENCE_ONLY_ME);
  gtk_editable_set_text (entry, longer);
  g_signal_emit_by_name (entry, "activate");
  fr_test_wait_until ((FrTestCondition) gtk_widget_get_visible, error, 10);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (error)), ==,
                   "The title, the description or the tags are too long. Make them shorter.");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, longer);
  gtk_editable_set_text (entry, "x");
  g_assert_false (gtk_widget_get_visible (error));
  fr_describe_bar_dismiss (FR_DESCRIBE_BAR (get_child (lab->bar, "describe_bar")));
  g_assert_false (asks_for_words (lab));
  g_assert_cmpstr (get_picture (lab, 0)->description, ==, "");
}

/* What was not added stands in the bar with the reasons, until it is tried again, or closed. */
static void
test_failures (Lab *lab, gconstpointer data)
{
  g_autofree char *letter = g_build_filename (lab->files, "letter.jpg", NULL);
  FrFailuresDialog *dialog;

  g_assert_true (g_file_set_contents (letter, "Dear diary", -1, NULL));
  write_picture (lab, "One.svg");
  add (lab, ".", FR_AUDIENCE_EVERYONE);
  g_assert_true (is_revealed (lab));
  g_assert_cmpstr (get_text (lab), ==, "1 of 2 could not be added.");
  g_assert_cmpstr (lab->said->str, ==, "1 picture added.|");
  add (lab, "missing.svg", FR_AUDIENCE_EVERYONE);
  g_assert_cmpstr (get_text (lab), ==, "2 of 3 could not be added.");
  g_assert_cmpstr (lab->said->str, ==, "1 picture added.|");

  g_signal_emit_by_name (get_child (lab->bar, "show_button"), "clicked");
  dialog = FR_FAILURES_DIALOG (ui_fixture_await_window (FR_TYPE_FAILURES_DIALOG));
  g_free (ui_fixture_write_picture (lab->files, "missing.svg"));
  g_free (ui_fixture_write_picture (lab->files, "letter.jpg"));
  g_signal_emit_by_name (get_child (dialog, "retry_button"), "clicked");
  fr_test_wait_until (is_idle, lab->bar, 20);
  g_assert_false (is_revealed (lab));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (lab->node))), ==, 3);

  add (lab, "gone.svg", FR_AUDIENCE_EVERYONE);
  g_assert_cmpstr (get_text (lab), ==, "No picture was added. 1 of 1 could not be added.");
  g_signal_emit_by_name (get_child (lab->bar, "close_button"), "clicked");
  g_assert_false (is_revealed (lab));
}

/* No file may be larger than that: as on a disk that is full (the store takes both for that). */
static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
}

static gboolean
can_go_on (gpointer data)
{
  return gtk_widget_get_visible (get_child (data, "go_on_button"));
}

static void
test_out_of_room (Lab *lab, gconstpointer data)
{
  g_autofree char *filling = g_strnfill (2 * SMALL_DISK, ' ');
  g_autofree char *path = g_build_filename (lab->files, "large.svg", NULL);
  g_autofree char *text = g_strconcat ("<svg xmlns='http://www.w3.org/2000/svg' width='8' height='6'/>", filling, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  limit_files (SMALL_DISK);
  begin (lab, "large.svg", FR_AUDIENCE_EVERYONE);
  fr_test_wait_until (can_go_on, lab->bar, 20);
  g_assert_true (is_revealed (lab));
  g_assert_cmpstr (get_text (lab), ==, "There is no room left on the disk. Make some room, then go on.");
  g_assert_true (fr_import_bar_is_busy (lab->bar));
  limit_files (RLIM_INFINITY);
  g_signal_emit_by_name (get_child (lab->bar, "go_on_button"), "clicked");
  fr_test_wait_until (is_idle, lab->bar, 20);
  g_assert_false (is_revealed (lab));
  g_assert_cmpstr (lab->said->str, ==, "1 picture added.|");

  g_assert_true (g_file_set_contents (path, filling, -1, NULL));
  limit_files (SMALL_DISK);
  begin (lab, "large.svg", FR_AUDIENCE_EVERYONE);
  fr_test_wait_until (can_go_on, lab->bar, 20);
  g_signal_emit_by_name (get_child (lab->bar, "cancel_button"), "clicked");
  limit_files (RLIM_INFINITY);
  g_assert_false (fr_import_bar_is_busy (lab->bar));
  g_assert_false (is_revealed (lab));
  g_assert_cmpstr (lab->said->str, ==, "1 picture added.|Stopped. No picture was added.|");
}

static gboolean
is_asked (gpointer data)
{
  return ui_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* Much is added only when the person has seen how much room it takes. */
static void
test_much (Lab *lab, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i);
      g_autofree char *large = g_build_filename (lab->files, name, NULL);

      g_assert_true (g_file_set_contents (large, "", 0, NULL));
      g_assert_no_errno (truncate (large, (off_t) FR_PICTURE_MAX_BYTES));
    }
  begin (lab, ".", FR_AUDIENCE_EVERYONE);
  fr_test_wait_until (is_asked, NULL, 20);
  g_assert_false (is_revealed (lab));
  ui_fixture_respond ("cancel");
  fr_test_wait_until (is_idle, lab->bar, 20);
  g_assert_false (is_revealed (lab));
  g_assert_cmpstr (lab->said->str, ==, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (lab->node))), ==, 0);
}

static void
add_test (const char *path, void (*test) (Lab *, gconstpointer))
{
  g_test_add (path, Lab, NULL, lab_set_up, test, lab_tear_down);
}

void
test_import_add (void)
{
  g_test_add_func ("/ui/import/summaries", test_summaries);
  g_test_add_func ("/ui/import/progress", test_progress);
  g_test_add_func ("/ui/import/room", test_room);
  g_test_add_func ("/ui/import/addresses", test_addresses);
  add_test ("/ui/import/describe", test_describe);
  add_test ("/ui/import/describe-not", test_describe_not);
  add_test ("/ui/import/failures", test_failures);
  add_test ("/ui/import/out-of-room", test_out_of_room);
  add_test ("/ui/import/much", test_much);
}
