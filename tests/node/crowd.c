/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crowd.h"

#include "fr-invitation.h"
#include "fr-node-error.h"
#include "fr-test-support.h"

#include "gallery-fixture.h"

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  ((Crowd *) data)->n_changes++;
}

static void
notified_cb (FrPeople *people, GParamSpec *pspec, gpointer data)
{
  ((Crowd *) data)->n_notified++;
}

static void
wants_server_cb (FrPeople *people, const char *server, gpointer data)
{
  Crowd *crowd = data;

  g_free (crowd->wanted_server);
  crowd->wanted_server = g_strdup (server);
}

void
crowd_make_people (Crowd *crowd)
{
  crowd->people = fr_people_new (crowd->store, crowd->network, &crowd->own);
  g_signal_connect (crowd->people, "items-changed", G_CALLBACK (changed_cb), crowd);
  g_signal_connect (crowd->people, "notify::n-here", G_CALLBACK (notified_cb), crowd);
  g_signal_connect (crowd->people, "wants-server", G_CALLBACK (wants_server_cb), crowd);
}

void
crowd_set_up (Crowd *crowd, gconstpointer data)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrWebrtcConfig config = { .loopback_only = TRUE };

  crowd->folder = fr_test_folder_new ();
  fr_store_open_async (crowd->folder, NULL, gallery_answered_cb, &result);
  crowd->store = fr_store_open_finish (gallery_await (&result), &error);
  g_assert_no_error (error);
  crowd->network = fr_network_new (identity, crowd->store, &config);
  crowd->own = *fr_identity_get_key (identity);
  crowd->zoe.bytes[0] = 1;
  crowd->mia.bytes[0] = 2;
  crowd_make_people (crowd);
}

void
crowd_tear_down (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_test_assert_finalizes (crowd->people);
  fr_network_close_async (crowd->network, gallery_answered_cb, &result);
  g_assert_true (fr_network_close_finish (crowd->network, gallery_await (&result), NULL));
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* what the network had to say */
  fr_test_assert_finalizes (crowd->network);
  g_object_unref (crowd->store);
  fr_test_folder_free (crowd->folder);
  g_free (crowd->wanted_server);
}

char *
crowd_invite (const char *name, const FrPeerKey *key, const char *server, const char *address)
{
  FrInvitation invitation = { .name = (char *) name, .key = *key, .server = (char *) server,
                              .address = (char *) address };

  return fr_invitation_to_uri (&invitation);
}

FrPerson *
crowd_add (Crowd *crowd, const char *text)
{
  g_autoptr (GError) error = NULL;
  FrPerson *person = fr_people_add (crowd->people, text, &error);

  g_assert_no_error (error);
  return person;
}

FrPerson *
crowd_add_invited (Crowd *crowd, const char *name, const FrPeerKey *key, const char *server)
{
  g_autofree char *text = crowd_invite (name, key, server, "zoe");

  return crowd_add (crowd, text);
}

void
crowd_report_named (Crowd *crowd, FrNetworkReportType type, const FrPeerKey *key, const char *address, const char *name)
{
  g_autoptr (FrNetworkReport) news = fr_network_report_new (type);

  news->key = *key;
  news->name = g_strdup (name);
  news->address = g_strdup (address);
  fr_people_take_report (crowd->people, news);
}

void
crowd_report (Crowd *crowd, FrNetworkReportType type, const FrPeerKey *key, const char *address, int code)
{
  g_autoptr (FrNetworkReport) news = fr_network_report_new (type);

  if (key != NULL)
    news->key = *key;
  news->name = g_strdup ("Somebody");
  news->address = g_strdup (address);
  if (code >= 0)
    news->error = fr_node_error_new ((FrNodeError) code, address);
  fr_people_take_report (crowd->people, news);
}

guint
crowd_count (Crowd *crowd)
{
  return g_list_model_get_n_items (G_LIST_MODEL (crowd->people));
}

/* After all that has been written so far. */
GPtrArray *
crowd_list_stored (Crowd *crowd)
{
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  fr_store_put_setting_async (crowd->store, "last", "1", NULL, gallery_answered_cb, &written);
  g_assert_true (fr_store_put_setting_finish (crowd->store, gallery_await (&written), NULL));
  fr_store_list_people_async (crowd->store, NULL, gallery_answered_cb, &result);
  records = fr_store_list_people_finish (crowd->store, gallery_await (&result), &error);
  g_assert_no_error (error);
  return records;
}
