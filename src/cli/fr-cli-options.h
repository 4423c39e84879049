/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The options that several commands share, and how every command reads its own. */

typedef struct
{
  /* all commands that ask a peer */
  char *data;
  gboolean json;

  /* for a peer that is started, not for one that runs already */
  char *name;
  char *server;
  char *stun;
  char *incoming;
  char **turn;
  gboolean loopback;
  gboolean open;
  gboolean added_only;
  gboolean doorbell;
  char *limit_down, *limit_up; /* nullable: as the last time; KiB a second */
} FrCliOptions;

void fr_cli_options_clear (FrCliOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrCliOptions, fr_cli_options_clear)

GOptionContext *fr_cli_context_new (const char *arguments, const char *summary, const char *description,
                                    const GOptionEntry *entries, FrCliOptions *options);
gboolean fr_cli_context_parse (GOptionContext *context, FrCliOptions *options, char ***arguments, GError **error);
gboolean fr_cli_check_limit (const char *text, GError **error);
gboolean fr_cli_check_text (const char *what, const char *text, GError **error);
void fr_cli_set_usage_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *fr_cli_join_words (char **words);

G_END_DECLS
