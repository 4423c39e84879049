/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_contact_tag_add ();
  test_content_id_add ();
  test_ngram_set_add ();
  test_peer_key_add ();
  test_peer_name_add ();
  test_secret_hash_add ();
  test_text_add ();
  test_token_bucket_add ();
  return g_test_run ();
}
