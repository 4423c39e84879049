/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-pack-report.h"
#include "fr-store-report.h"

G_BEGIN_DECLS

/* How far what takes long is, and what has come of it, in words: pure. */

typedef enum
{
  FR_PASSPHRASE_OK,
  FR_PASSPHRASE_EMPTY,
  FR_PASSPHRASE_SHORT,
  FR_PASSPHRASE_LONG,
  FR_PASSPHRASE_DIFFERENT, /* the second time something else was typed */
} FrPassphraseFault;

FrPassphraseFault fr_preferences_text_check_passphrase (const char *first, const char *again);
char *fr_preferences_text_describe_passphrase (FrPassphraseFault fault);
char *fr_preferences_text_describe_backup (const GError *error, const char *path);

char *fr_preferences_text_checking (guint64 done, guint64 total);
char *fr_preferences_text_checked (const FrStoreReport *report);
char *fr_preferences_text_describe_problem (const FrStoreProblem *problem);
char *fr_preferences_text_name_problem (const FrStoreProblem *problem);

char *fr_preferences_text_packing (guint done, guint total);
char *fr_preferences_text_packed (const FrPackReport *report, const char *folder);
char *fr_preferences_text_unpacking (guint done, guint total);
char *fr_preferences_text_unpacked (const FrPackReport *report);

/* What an export into a folder is called there, for the `nth` time (from 1) on that day. */
char *fr_preferences_text_name_export (GDateTime *day, guint nth);

G_END_DECLS
