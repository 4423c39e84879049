/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_backup_add ();
  test_identity_add ();
  test_identity_contact_add ();
  test_identity_file_add ();
  test_identity_seal_add ();
  test_reply_key_add ();
  test_safety_words_add ();
  return g_test_run ();
}
