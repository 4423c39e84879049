/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-provider.h"

#include <glib/gstdio.h>

#include "fr-test-support.h"
#include "tests.h"

/* The service on a bus of its own, asked as a desktop asks. */

typedef struct
{
  GTestDBus *bus;
  const char *id;
  char *started; /* a file: what the program was started with, a line each */
  gboolean asked;
} Desktop;

static GVariant *
call (GDBusConnection *connection, const char *method, GVariant *parameters, const char *type)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (
      connection, FR_SEARCH_PROVIDER_ID, FR_SEARCH_PROVIDER_PATH, "org.gnome.Shell.SearchProvider2", method, parameters,
      G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE, 20000, NULL, &error);

  g_assert_no_error (error);
  return reply;
}

typedef struct
{
  const char *path;
  const char *end;
} Line;

static gboolean
is_written (gpointer data)
{
  const Line *line = data;
  g_autofree char *text = NULL;

  return g_file_get_contents (line->path, &text, NULL, NULL) && g_str_has_suffix (text, line->end);
}

/* In a thread, as another program would. */
static gpointer
desktop_thread (gpointer data)
{
  static const char *const terms[] = { "harbour", "night", NULL };
  Desktop *desktop = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (desktop->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);
  g_autoptr (GVariant) found = NULL, again = NULL, metas = NULL, shown = NULL, looked = NULL, list = NULL;
  g_autoptr (GMainContext) context = g_main_context_new (); /* for waits: the default one is the service's */
  g_autofree char *expected = g_strdup_printf ("--show-picture=%s freshet_TIME77\n", desktop->id);
  const char *ids[] = { desktop->id, NULL };
  const char *id;

  g_assert_no_error (error);
  g_main_context_push_thread_default (context);
  found = call (connection, "GetInitialResultSet", g_variant_new ("(^as)", terms), "(as)");
  g_variant_get (found, "(@as)", &list);
  g_assert_cmpuint (g_variant_n_children (list), ==, 1);
  g_variant_get_child (list, 0, "&s", &id);
  g_assert_cmpstr (id, ==, desktop->id);
  again = call (connection, "GetSubsearchResultSet", g_variant_new ("(^as^as)", ids, terms), "(as)");
  g_assert_true (g_variant_equal (found, again));
  metas = call (connection, "GetResultMetas", g_variant_new ("(^as)", ids), "(aa{sv})");
  g_assert_cmpuint (g_variant_n_children (metas), ==, 1);
  shown = call (connection, "ActivateResult", g_variant_new ("(s^asu)", desktop->id, terms, 77), "()");
  fr_test_wait_until (is_written, &(Line) { desktop->started, expected }, 5);
  looked = call (connection, "LaunchSearch", g_variant_new ("(^asu)", terms, 78), "()");
  fr_test_wait_until (is_written, &(Line) { desktop->started, "\n--find=harbour night freshet_TIME78\n" }, 5);
  g_main_context_pop_thread_default (context);
  desktop->asked = TRUE;
  return NULL;
}

static char *
write_program (const char *folder, const char *started)
{
  char *path = g_build_filename (folder, "program", NULL);
  g_autofree char *script
      = g_strdup_printf ("#!/bin/sh\nprintf '%%s %%s\\n' \"$1\" \"$DESKTOP_STARTUP_ID\" >> '%s'\n", started);

  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

/* From the first question until it has ended by itself. */
static void
test_asked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_shown (fixture->store, "1", "Harbour at night", "", NULL);
  g_autofree char *folder = fr_test_folder_new ();
  g_autofree char *id = fr_content_id_to_string (&picture->id);
  g_autofree char *started = g_build_filename (folder, "started", NULL);
  g_autofree char *program = write_program (folder, started);
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  FrSearchProvider *provider = fr_search_provider_new (fixture->folder, program);
  Desktop desktop = { .bus = bus, .id = id, .started = started };
  char *argv[] = { (char *) "freshet-search-provider", NULL };
  GThread *thread;

  g_assert_cmpuint (g_application_get_inactivity_timeout (G_APPLICATION (provider)), ==, FR_SEARCH_PROVIDER_IDLE_MS);
  g_application_set_inactivity_timeout (G_APPLICATION (provider), 2000); /* that is what is waited for below */
  g_test_dbus_up (bus);
  g_assert_true (g_application_register (G_APPLICATION (provider), NULL, NULL));
  thread = g_thread_new ("desktop", desktop_thread, &desktop);
  g_assert_cmpint (g_application_run (G_APPLICATION (provider), 1, argv), ==, 0);
  g_thread_join (thread);
  g_assert_true (desktop.asked);
  g_assert_finalize_object (provider);
  g_test_dbus_down (bus);
  fr_test_folder_free (g_steal_pointer (&folder));
}

void
test_service_add (void)
{
  g_test_add ("/provider/service/asked", Fixture, NULL, fixture_set_up, test_asked, fixture_tear_down);
}
