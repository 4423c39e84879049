/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "heal-crowd.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_EVERY_MS 20

static const char *const names[HEAL_MAX_PEERS]
    = { "alder", "birch", "cedar", "damson", "elder", "fir", "gorse", "hazel", "ivy", "juniper", "kapok", "larch",
        "maple", "nutmeg", "oak", "poplar" };

static const char *const options[] = { "--open", "--doorbell", NULL };

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Iterates the main context until `condition` holds; FALSE when the time is over. */
gboolean
heal_wait (HealCondition condition, gpointer data, double seconds)
{
  gint64 deadline_us = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint wake = g_timeout_add (LOOK_EVERY_MS, wake_cb, NULL);
  gboolean met;

  while (!(met = condition (data)) && g_get_monotonic_time () < deadline_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  return met;
}

/* Of this build, unless the environment says another. */
static char *
find_program (const char *name, const char *variable)
{
  g_autofree char *own_program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = own_program != NULL ? g_path_get_dirname (own_program) : NULL;
  const char *given = g_getenv (variable);

  if (given != NULL || own_folder == NULL)
    return g_strdup (given);
  return g_build_filename (own_folder, "..", "..", "src", name, NULL);
}

HealCrowd *
heal_crowd_new (guint n_members)
{
  g_autofree char *image = find_program ("image/freshet-image", "FRESHET_IMAGE");
  HealCrowd *self = g_new0 (HealCrowd, 1);

  g_assert (n_members <= HEAL_MAX_PEERS);
  g_setenv ("FRESHET_IMAGE", image, FALSE);
  /* not fatal-warnings: libsoup warns of clients who are gone before they are seen */
  g_setenv ("G_DEBUG", "gc-friendly,fatal-criticals", TRUE);
  self->n_members = n_members;
  self->since_us = g_get_monotonic_time ();
  self->program = find_program ("cli/freshet-cli", "FRESHET_CLI");
  self->folder = g_dir_make_tmp ("freshet-heal-XXXXXX", NULL);
  for (guint i = 0; i < n_members; i++)
    {
      self->members[i].peer = fr_bench_peer_new (self->folder, names[i]);
      self->members[i].crowd = self;
      self->members[i].peer->options = options;
      self->members[i].links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  return self;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_folder (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

void
heal_crowd_free (HealCrowd *self, gboolean keep_folder)
{
  heal_crowd_kill (self, HEAL_ALL (self->n_members));
  heal_crowd_kill_server (self);
  for (guint i = 0; i < self->n_members; i++)
    {
      fr_bench_peer_free (self->members[i].peer);
      g_hash_table_unref (self->members[i].links);
      g_free (self->members[i].key);
    }
  if (keep_folder)
    g_printerr ("What was written is in %s\n", self->folder);
  else
    remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->program);
  g_free (self->server_address);
  g_free (self);
}

gboolean
heal_crowd_start_server (HealCrowd *self, GError **error)
{
  const char *colon = self->server_address != NULL ? strrchr (self->server_address, ':') : NULL;
  guint port = colon != NULL ? (guint) atoi (colon + 1) : 0;
  g_autofree char *address = NULL;

  self->server = fr_bench_start_server (self->program, port, &address, error);
  if (self->server != NULL && self->server_address == NULL)
    self->server_address = g_steal_pointer (&address);
  return self->server != NULL;
}

void
heal_crowd_kill_server (HealCrowd *self)
{
  if (self->server == NULL)
    return;
  g_subprocess_send_signal (self->server, SIGKILL);
  g_subprocess_wait (self->server, NULL, NULL);
  g_clear_object (&self->server);
}

static void
tell_change (HealMember *member, JsonObject *answer, const char *what)
{
  double seconds = (double) (g_get_monotonic_time () - member->crowd->since_us) / G_USEC_PER_SEC;
  const char *name = fr_control_get_string (answer, "name");
  const char *way = fr_control_get_string (answer, "way");

  if (member->crowd->verbose)
    g_printerr ("  %7.3f %s %s %s, by %s: has %u\n", seconds, member->peer->name, what, name, way != NULL ? way : "-",
                g_hash_table_size (member->links));
}

static void
watch_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  HealMember *member = data;
  const char *event = fr_control_get_string (answer, "event");
  const char *key = fr_control_get_string (answer, "key");
  gboolean is_person = g_strcmp0 (event, "person") == 0;

  if (is_end)
    {
      g_printerr ("%s has ended by itself: see %s\n", member->peer->name, member->peer->log);
      member->crowd->broken = TRUE;
    }
  if (is_end || key == NULL)
    return;
  if (is_person && g_strcmp0 (fr_control_get_string (answer, "state"), "here") == 0)
    {
      if (g_hash_table_add (member->links, g_strdup (key)))
        tell_change (member, answer, "has");
    }
  else if ((is_person || g_strcmp0 (event, "person-gone") == 0) && g_hash_table_remove (member->links, key))
    tell_change (member, answer, "has lost");
}

static void
status_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  HealMember *member = data;

  g_free (member->key);
  member->key = g_strdup (fr_control_get_string (answer, "key"));
}

gboolean
heal_crowd_start (HealCrowd *self, guint i, int connect, GError **error)
{
  HealMember *member = &self->members[i];
  const char *whom = connect >= 0 ? names[connect] : NULL;

  if (!fr_bench_peer_launch (member->peer, self->program, self->server_address, whom, error)
      || !fr_bench_peer_ask (member->peer, fr_control_request ("status"), status_cb, member, error))
    return FALSE;
  member->alive = TRUE;
  fr_control_client_ask (member->peer->client, fr_control_request ("watch"), watch_cb, member);
  return TRUE;
}

/* The smallest picture there is, and a remark in it, so that each is a picture of its own. */
static gboolean
write_picture (const char *path, const char *remark, GError **error)
{
  static const guint8 head[] = { 'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255 };
  static const guint8 tail[] = { 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b };
  const guint8 comment[] = { 0x21, 0xfe, (guint8) strlen (remark) };
  g_autoptr (GByteArray) all = g_byte_array_new ();

  g_byte_array_append (all, head, sizeof head);
  g_byte_array_append (all, comment, sizeof comment);
  g_byte_array_append (all, (const guint8 *) remark, (guint) strlen (remark) + 1); /* and no more blocks */
  g_byte_array_append (all, tail, sizeof tail);
  return g_file_set_contents (path, (const char *) all->data, all->len, error);
}

static void
shared_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  gboolean *shared = data;

  if (g_strcmp0 (fr_control_get_string (answer, "event"), "shared") == 0)
    *shared = TRUE;
  else if (g_strcmp0 (fr_control_get_string (answer, "event"), "failed") == 0)
    g_printerr ("%s: %s\n", fr_control_get_string (answer, "file"), fr_control_get_string (answer, "error"));
}

gboolean
heal_crowd_share (HealCrowd *self, guint i, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s %s.gif", names[i], HEAL_WORD);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);
  const char *const uris[] = { uri, NULL };
  JsonObject *add = fr_control_request ("gallery-add");
  gboolean shared = FALSE;

  fr_control_set_strings (add, "uris", uris);
  fr_control_set_string (add, "audience", "everyone");
  if (!write_picture (path, names[i], error)
      || !fr_bench_peer_ask (self->members[i].peer, add, shared_cb, &shared, error))
    return FALSE;
  if (!shared)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s does not share its picture", names[i]);
  return shared;
}

static void
forget (HealMember *member)
{
  member->alive = FALSE;
  g_hash_table_remove_all (member->links);
}

void
heal_crowd_stop (HealCrowd *self, HealSet members)
{
  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].alive && (members & HEAL_ONE (i)) != 0)
      {
        fr_bench_peer_stop (self->members[i].peer);
        forget (&self->members[i]);
      }
}

void
heal_crowd_kill (HealCrowd *self, HealSet members)
{
  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].peer->process != NULL && (members & HEAL_ONE (i)) != 0)
      g_subprocess_send_signal (self->members[i].peer->process, SIGKILL);
  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].peer->process != NULL && (members & HEAL_ONE (i)) != 0)
      {
        g_subprocess_wait (self->members[i].peer->process, NULL, NULL);
        g_clear_object (&self->members[i].peer->client);
        g_clear_object (&self->members[i].peer->process);
        forget (&self->members[i]);
      }
}

HealSet
heal_crowd_get_alive (HealCrowd *self)
{
  HealSet alive = 0;

  for (guint i = 0; i < self->n_members; i++)
    alive |= self->members[i].alive ? HEAL_ONE (i) : 0;
  return alive;
}

/* Also links with the dead that it does not know to be dead. */
HealSet
heal_crowd_get_links (HealCrowd *self, guint i)
{
  HealSet links = 0;

  for (guint j = 0; j < self->n_members; j++)
    if (self->members[j].key != NULL && g_hash_table_contains (self->members[i].links, self->members[j].key))
      links |= HEAL_ONE (j);
  return links;
}

void
heal_crowd_get_graph (HealCrowd *self, HealGraph *out_graph)
{
  *out_graph = (HealGraph) { { 0 } };
  for (guint i = 0; i < self->n_members; i++)
    out_graph->links[i] = heal_crowd_get_links (self, i);
}

/* -1: nobody of ours. */
int
heal_crowd_find (HealCrowd *self, const char *key)
{
  for (guint i = 0; i < self->n_members; i++)
    if (key != NULL && g_strcmp0 (self->members[i].key, key) == 0)
      return (int) i;
  return -1;
}

char *
heal_crowd_name (HealCrowd *self, HealSet members)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_members; i++)
    if ((members & HEAL_ONE (i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", names[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_links (HealCrowd *self, guint n_least)
{
  HealSet alive = heal_crowd_get_alive (self);

  for (guint i = 0; i < self->n_members; i++)
    {
      HealSet links = heal_crowd_get_links (self, i);

      if ((alive & HEAL_ONE (i)) != 0 && ((links & ~alive) != 0 || heal_set_count (links) < n_least))
        return FALSE;
    }
  return TRUE;
}

gboolean
heal_crowd_is_settled (HealCrowd *self)
{
  guint n_alive = heal_set_count (heal_crowd_get_alive (self));

  return has_links (self, MIN (HEAL_MIN_LINKS, n_alive - 1));
}

gboolean
heal_crowd_is_complete (HealCrowd *self)
{
  return has_links (self, heal_set_count (heal_crowd_get_alive (self)) - 1);
}

void
heal_crowd_tell (HealCrowd *self)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      g_autofree char *linked = heal_crowd_name (self, heal_crowd_get_links (self, i));

      g_printerr ("  %s%s: %s\n", names[i], self->members[i].alive ? "" : " (dead)", linked);
    }
}
