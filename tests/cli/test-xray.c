/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-found.h"
#include "fr-control-describe.h"
#include "fr-control-xray.h"
#include "fr-search-private.h"

#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

#define PATIENCE 10

static void
test_describe (void)
{
  static const struct
  {
    FrQueryXray xray;
    const char *json;
  } rows[] = {
    { { 0 }, "{\"hops\":[],\"ttl\":0}" },
    { { .n_hops = 1, .ttl = 5, .hops = { { .asked = 1, .matched = 1 } } }, "{\"hops\":[],\"ttl\":5}" },
    { { .n_hops = 2, .ttl = 2, .hops = { { 1 }, { 4, 2, 3, 12, 1 } } },
      "{\"hops\":[{\"hop\":1,\"asked\":4,\"matched\":2,\"suppressed\":3,\"skipped\":12,\"refused\":1}],\"ttl\":2}" },
    { { .n_hops = 1, .ttl = 2, .hops = { { .asked = 1, .refused = 6 } } },
      "{\"hops\":[{\"hop\":0,\"asked\":1,\"matched\":0,\"suppressed\":0,\"skipped\":0,\"refused\":6}],\"ttl\":2}" },
    { { .n_hops = 1, .hops = { { .suppressed = 1 } } },
      "{\"hops\":[{\"hop\":0,\"asked\":0,\"matched\":0,\"suppressed\":1,\"skipped\":0,\"refused\":0}],\"ttl\":0}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) object = fr_control_describe_xray (&rows[i].xray);
      gsize size;
      g_autofree char *text = fr_control_format (object, &size);

      g_assert_cmpstr (g_strchomp (text), ==, rows[i].json);
    }
}

/* Whatever is claimed, no more hops are read than there are. */
static void
test_describe_bounds (void)
{
  static const guint claimed[] = { FR_QUERY_XRAY_HOPS, FR_QUERY_XRAY_HOPS + 1, G_MAXUINT };

  for (gsize i = 0; i < G_N_ELEMENTS (claimed); i++)
    {
      FrQueryXray xray = { .n_hops = claimed[i] };
      g_autoptr (JsonObject) object = fr_control_describe_xray (&xray);

      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "hops")), ==,
                        FR_QUERY_XRAY_HOPS - 1);
    }
}

static void
show (FrCliFound *found, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = fr_control_parse (line, strlen (line), &error);

  g_assert_no_error (error);
  fr_cli_found_show (found, answer, FALSE);
}

static void
test_reach (void)
{
  static const struct
  {
    const char *line;
    const char *text;
  } rows[] = {
    { "{\"event\":\"xray\"}", NULL },
    { "{\"event\":\"xray\",\"hops\":7}", NULL },
    { "{\"event\":\"xray\",\"hops\":[]}", NULL },
    { "{\"event\":\"xray\",\"hops\":[5,null,{\"hop\":\"x\"},{\"hop\":1}]}", NULL },
    { "{\"event\":\"xray\",\"hops\":[{\"hop\":0,\"asked\":1}]}", NULL },
    { "{\"event\":\"xray\",\"hops\":[{\"hop\":1,\"asked\":1}]}", "Asked 1 person in 1 step." },
    { "{\"event\":\"xray\",\"hops\":[{\"hop\":0,\"asked\":1},{\"hop\":1,\"asked\":4},{\"hop\":2,\"asked\":10},"
      "{\"hop\":3,\"asked\":0}]}",
      "Asked 14 people in 2 steps." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;
      FrCliFound found;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      fr_cli_found_init (&found, FALSE);
      show (&found, "{\"event\":\"xray\",\"hops\":[{\"hop\":6,\"asked\":50}]}"); /* only the last counts */
      show (&found, rows[i].line);
      text = fr_cli_found_describe_reach (&found);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* A search that nobody asks for in the network: what becomes of it is made up. */
typedef struct
{
  char *folder;
  FrNode *node;
  FrSearch *search;
  FrControlRequest *request;
  GArray *told;  /* of guint: how many were asked, by each event */
  GArray *times; /* of gint64 */
  guint n_wanted;
} Fixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer out_result)
{
  *(GAsyncResult **) out_result = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
send_cb (FrControlRequest *request, JsonObject *answer, gboolean is_end, gpointer data)
{
  Fixture *fixture = data;
  gint64 now_us = g_get_monotonic_time ();
  JsonArray *hops;
  guint n_asked;

  g_assert_false (is_end);
  g_assert_cmpstr (fr_control_get_string (answer, "event"), ==, "xray");
  hops = json_object_get_array_member (answer, "hops");
  n_asked = (guint) json_object_get_int_member (json_array_get_object_element (hops, 0), "asked");
  g_array_append_val (fixture->told, n_asked);
  g_array_append_val (fixture->times, now_us);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrControlHits) hits = fr_control_hits_new ();
  g_autoptr (JsonObject) arguments = fr_control_request ("search");
  g_autoptr (GError) error = NULL;
  FrNodeOptions options = { .loopback_only = TRUE };

  fixture->folder = fr_test_folder_new ();
  options.folder = fixture->folder;
  fr_node_open_async (&options, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, PATIENCE);
  fixture->node = fr_node_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->search = fr_node_search (fixture->node, "harbour", &error);
  g_assert_no_error (error);
  fixture->told = g_array_new (FALSE, FALSE, sizeof (guint));
  fixture->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->request = fr_control_request_new (fixture->node, hits, 1, arguments, send_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_control_request_stop (fixture->request);
  g_object_unref (fixture->request);
  g_object_unref (fixture->search);
  fr_node_close_async (fixture->node, result_cb, &result);
  fr_test_wait_until (is_set, &result, PATIENCE);
  fr_node_close_finish (fixture->node, result, NULL);
  g_object_unref (fixture->node);
  fr_test_folder_free (fixture->folder);
  g_array_unref (fixture->told);
  g_array_unref (fixture->times);
}

static void
report (Fixture *fixture, guint n_asked)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_XRAY);

  report->xray = (FrQueryXray) { .n_hops = 2, .ttl = 2, .hops = { { .asked = 1 }, { .asked = n_asked } } };
  fr_search_take_report (fixture->search, report);
}

static gboolean
has_told (gpointer data)
{
  Fixture *fixture = data;

  return fixture->told->len >= fixture->n_wanted;
}

static void
assert_told (Fixture *fixture, guint n_wanted, guint n_asked)
{
  fixture->n_wanted = n_wanted;
  fr_test_wait_until (has_told, fixture, PATIENCE);
  g_assert_cmpuint (fixture->told->len, ==, n_wanted);
  g_assert_cmpuint (g_array_index (fixture->told, guint, n_wanted - 1), ==, n_asked);
}

/* At once, then not before a quarter of a second is over, and then the newest; at the end once more. */
static void
test_pace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrControlXray) xray = fr_control_xray_new (fixture->request, fixture->search, FALSE);

  report (fixture, 1);
  assert_told (fixture, 1, 1);
  for (guint n_asked = 2; n_asked <= 50; n_asked++)
    report (fixture, n_asked);
  assert_told (fixture, 1, 1);
  assert_told (fixture, 2, 50);
  g_assert_cmpint (g_array_index (fixture->times, gint64, 1) - g_array_index (fixture->times, gint64, 0), >=,
                   (FR_CONTROL_XRAY_EVERY_MS - 1) * 1000);
  report (fixture, 51);
  fr_control_xray_end (xray);
  assert_told (fixture, 3, 51);
}

static void
test_nothing_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrControlXray) xray = fr_control_xray_new (fixture->request, fixture->search, FALSE);

  fr_control_xray_end (xray);
  g_assert_cmpuint (fixture->told->len, ==, 0);
}

/* What changes later is nobody's business. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  FrControlXray *xray = fr_control_xray_new (fixture->request, fixture->search, FALSE);

  report (fixture, 1);
  report (fixture, 2);
  fr_control_xray_free (xray);
  report (fixture, 3);
  g_assert_cmpuint (fixture->told->len, ==, 1);
}

void
test_xray_add (void)
{
  g_test_add_func ("/cli/xray/describe", test_describe);
  g_test_add_func ("/cli/xray/describe-bounds", test_describe_bounds);
  g_test_add_func ("/cli/xray/reach", test_reach);
  g_test_add ("/cli/xray/pace", Fixture, NULL, set_up, test_pace, tear_down);
  g_test_add ("/cli/xray/nothing-known", Fixture, NULL, set_up, test_nothing_known, tear_down);
  g_test_add ("/cli/xray/gone", Fixture, NULL, set_up, test_gone, tear_down);
}
