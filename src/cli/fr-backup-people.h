/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-person-record.h"

G_BEGIN_DECLS

/* What a backup of an identity has beside the key: the name of the person, and their people. Text of one JSON object a
 * line, the first for the person; members that are not known are passed over, so that later versions can say more. */

#define FR_BACKUP_PEOPLE_VERSION 1
#define FR_BACKUP_MAX_PEOPLE 10000

typedef struct
{
  char *name;        /* nullable */
  GPtrArray *people; /* of FrPersonRecord */
} FrBackupPeople;

FrBackupPeople *fr_backup_people_new (void);
void fr_backup_people_free (FrBackupPeople *self);
GBytes *fr_backup_people_format (const FrBackupPeople *self);
FrBackupPeople *fr_backup_people_parse (GBytes *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrBackupPeople, fr_backup_people_free)

G_END_DECLS
