/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What would be left after the power fails: the test's side, for when the watched process has ended. fault-shadow.h says
 * what is taken to be on the disk. */

/* Makes the folder what is on the disk. With `rand`, some of what was not synced is on it too: of each name that differs
 * either the old or the new, and of each page of 4096 bytes; a disk may write these in any order, and the power fails in
 * the middle. Afterwards everything there counts as synced. */
void fault_power_fail (const char *folder, const char *shadow, GRand *rand);

/* Makes the shadow, or has all that is in the folder count as synced. */
void fault_power_settle (const char *folder, const char *shadow);

G_END_DECLS
