/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-test-network.h"
#include "fr-test-support.h"
#include "tests.h"

/* Just below what goes over the link itself; larger ones get a session of their own. At 1 Mbit/s: 8.2 s. */
#define PICTURE "/usr/share/backgrounds/mate/nature/Dune.jpg"
#define LEAST_SECONDS 7
#define MOST_SECONDS 60
#define SEARCH_EVERY_MS 1000
#define MAX_SEARCHES 60

/* Zoë gets Anna's picture, and meanwhile searches, over the same link, for Bob's. */
typedef struct
{
  FrControlClient *client;
  GPtrArray *searches; /* of Search */
  guint n_asked, n_answered;
  double slowest; /* seconds, of an answer */
  char *saved; /* nullable: where */
  gint64 saved_us;
  gboolean failed;
} Slow;

typedef struct
{
  Slow *slow;
  gint64 asked_us;
  gboolean answered;
} Search;

static double
seconds_since (gint64 from_us)
{
  return (double) (g_get_monotonic_time () - from_us) / G_USEC_PER_SEC;
}

static void
search_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Search *search = data;

  if (!is_end && !search->answered && g_strcmp0 (fr_control_get_string (answer, "event"), "hit") == 0)
    {
      search->answered = TRUE;
      search->slow->n_answered++;
      search->slow->slowest = MAX (search->slow->slowest, seconds_since (search->asked_us));
    }
}

static gboolean
ask_cb (gpointer data)
{
  Slow *slow = data;
  JsonObject *request = fr_control_request ("search");
  Search *search = g_new0 (Search, 1);

  g_ptr_array_add (slow->searches, search);
  search->slow = slow;
  search->asked_us = g_get_monotonic_time ();
  fr_control_set_string (request, "words", "storm");
  json_object_set_int_member (request, "wait", MOST_SECONDS);
  g_assert_cmpint (fr_control_client_ask (slow->client, request, search_cb, search), !=, 0);
  return ++slow->n_asked < MAX_SEARCHES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
get_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Slow *slow = data;
  const char *event = fr_control_get_string (answer, "event");

  if (g_strcmp0 (event, "saved") == 0)
    {
      slow->saved_us = g_get_monotonic_time ();
      slow->saved = g_strdup (fr_control_get_string (answer, "path"));
    }
  else if (g_strcmp0 (event, "fetch-failed") == 0 || (is_end && slow->saved == NULL))
    slow->failed = TRUE;
}

static gboolean
is_over (gpointer data)
{
  Slow *slow = data;

  return slow->failed || slow->saved != NULL;
}

static gboolean
is_answered (gpointer data)
{
  Slow *slow = data;

  return slow->n_answered == slow->n_asked;
}

static void
get (Slow *slow, const char *folder)
{
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  JsonObject *request = fr_control_request ("search");

  fr_control_set_string (request, "words", "dune");
  fr_control_set_string (request, "get", "best");
  fr_control_set_string (request, "folder", uri);
  json_object_set_int_member (request, "wait", MOST_SECONDS);
  g_assert_cmpint (fr_control_client_ask (slow->client, request, get_cb, slow), !=, 0);
}

/* Since `from`, nobody has been anything but here. */
static void
assert_kept (FrTestProgram *program, gsize from)
{
  g_auto (GStrv) lines = g_strsplit (program->out->str + from, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      if (strstr (*line, "\"event\":\"person\"") != NULL && strstr (*line, "\"state\":\"here\"") == NULL)
        g_error ("a link was lost: %s", *line);
      if (strstr (*line, "\"event\":\"person-gone\"") != NULL)
        g_error ("a link was lost: %s", *line);
    }
}

static void
assert_same_file (const char *a, const char *b)
{
  g_autofree char *a_data = NULL;
  g_autofree char *b_data = NULL;
  gsize a_size = 0, b_size = 1;

  g_assert_true (g_file_get_contents (a, &a_data, &a_size, NULL));
  g_assert_true (g_file_get_contents (b, &b_data, &b_size, NULL));
  g_assert_cmpmem (a_data, a_size, b_data, b_size);
}

static FrTestProgram *
start (FrTestNetwork *network, const char *name, const char *picture, const char *connect)
{
  FrTestProgram *program = fr_test_network_peer (network, name, "--keep-metadata", picture != NULL ? "--share" : "--connect",
                                                 picture != NULL ? picture : connect,
                                                 picture != NULL && connect != NULL ? "--connect" : NULL, connect,
                                                 NULL);

  fr_test_program_wait_for (program, "\"event\":\"shared-all\"");
  fr_test_program_wait_for (program, connect != NULL ? "\"state\":\"here\"" : "\"state\":\"online\"");
  return program;
}

static void
wait_for_picture (Slow *slow)
{
  gint64 begun_us = g_get_monotonic_time ();
  guint searches = g_timeout_add (SEARCH_EVERY_MS, ask_cb, slow);
  double seconds;

  fr_test_wait_until (is_over, slow, MOST_SECONDS);
  g_assert_false (slow->failed);
  g_assert_cmpuint (slow->n_asked, <, MAX_SEARCHES);
  g_source_remove (searches);
  seconds = (double) (slow->saved_us - begun_us) / G_USEC_PER_SEC;
  g_test_message ("the picture took %.1f s; %u of %u searches were answered meanwhile", seconds, slow->n_answered,
                  slow->n_asked);
  g_assert_cmpfloat (seconds, >, LEAST_SECONDS); /* the uplink was slow, and full */
  g_assert_cmpuint (slow->n_asked, >, 0);
  fr_test_wait_until (is_answered, slow, MOST_SECONDS);
  g_test_message ("the slowest answer took %.1f s", slow->slowest);
}

/* A link whose uplink is full of a picture is slow, not dead. */
static void
test_transfer (void)
{
  FrTestNetwork network;
  FrTestProgram *peers[3];
  gsize from[3];
  g_autofree char *data = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  Slow slow = { .searches = g_ptr_array_new_with_free_func (g_free) };

  if (!g_file_test (PICTURE, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("mate-backgrounds is not installed");
      g_ptr_array_unref (slow.searches);
      return;
    }
  fr_test_network_init (&network);
  data = fr_test_network_path (&network, "Zoe");
  got = fr_test_network_path (&network, "got");
  peers[0] = start (&network, "Anna", PICTURE, NULL);
  peers[1] = start (&network, "Bob", FR_TEST_PHOTOGRAPH, "anna");
  peers[2] = start (&network, "Zoe", NULL, "anna");
  for (guint i = 0; i < 3; i++)
    from[i] = peers[i]->out->len;
  slow.client = fr_control_client_connect (data, &error);
  g_assert_no_error (error);

  get (&slow, got);
  wait_for_picture (&slow);
  assert_same_file (PICTURE, slow.saved);
  for (guint i = 0; i < 3; i++)
    assert_kept (peers[i], from[i]);

  g_object_unref (slow.client);
  g_ptr_array_unref (slow.searches);
  g_free (slow.saved);
  for (guint i = 0; i < 3; i++)
    fr_test_program_free (peers[i]);
  fr_test_network_clear (&network);
}

void
test_slow_uplink_add (void)
{
  g_test_add_func ("/cli/slow-uplink/transfer", test_transfer);
}
