/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a store may contain after everything that store-worker said: of each picture the states (its title, or none)
 * that it can be in. What was answered leaves one; what was begun and not answered, or failed, one more. */

typedef struct _StoreCheck StoreCheck;

typedef struct
{
  guint lost;      /* said to be saved, and not there or not right */
  guint wrong;     /* anything else that is not as it was said, or not as it should be */
  GString *report; /* owned: a line for each of these */
} StoreFindings;

StoreCheck *store_check_new (void);
void store_check_free (StoreCheck *self);

/* The catalogue is lost: pictures have eight digits for a title, no small forms, and there are no settings. */
void store_check_forget_titles (StoreCheck *self);

/* What a worker said. `may_fail`: that a disk does not work is no surprise. */
void store_check_read (StoreCheck *self, const char *output, gboolean may_fail, StoreFindings *findings);

/* Opens the store as the program does, compares, and closes it. */
void store_check_verify (StoreCheck *self, const char *folder, StoreFindings *findings);

void store_findings_init (StoreFindings *findings);
void store_findings_clear (StoreFindings *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreCheck, store_check_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreFindings, store_findings_clear)

G_END_DECLS
