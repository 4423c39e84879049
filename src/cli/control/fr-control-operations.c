/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

static const struct
{
  const char *name;
  FrControlOperation *start;
} operations[] = {
  { "status", fr_control_status },
  { "ready", fr_control_ready },
  { "watch", fr_control_watch },
  { "close-transfers", fr_control_close_transfers },
  { "people-list", fr_control_people_list },
  { "people-add", fr_control_people_add },
  { "people-remove", fr_control_people_remove },
  { "people-rename", fr_control_people_rename },
  { "people-accept", fr_control_people_accept },
  { "people-decline", fr_control_people_decline },
  { "people-block", fr_control_people_block },
  { "people-unblock", fr_control_people_unblock },
  { "people-words", fr_control_people_words },
  { "people-checked", fr_control_people_checked },
  { "people-unchecked", fr_control_people_unchecked },
  { "people-mine", fr_control_people_mine },
  { "people-not-mine", fr_control_people_not_mine },
  { "people-introduce", fr_control_people_introduce },
  { "gallery-add", fr_control_gallery_add },
  { "gallery-list", fr_control_gallery_list },
  { "gallery-search", fr_control_gallery_search },
  { "gallery-tag", fr_control_gallery_tag },
  { "gallery-describe", fr_control_gallery_describe },
  { "gallery-remove", fr_control_gallery_remove },
  { "gallery-share", fr_control_gallery_share },
  { "gallery-check", fr_control_gallery_check },
  { "gallery-export", fr_control_gallery_export },
  { "gallery-export-original", fr_control_gallery_export_original },
  { "gallery-import", fr_control_gallery_import },
  { "gallery-metadata", fr_control_gallery_metadata },
  { "search", fr_control_search },
  { "newest", fr_control_newest },
  { "get", fr_control_get },
  { "transfers-list", fr_control_transfers_list },
  { "transfers-pause", fr_control_transfers_pause },
  { "transfers-resume", fr_control_transfers_resume },
  { "transfers-retry", fr_control_transfers_retry },
  { "transfers-cancel", fr_control_transfers_cancel },
  { "transfers-clear", fr_control_transfers_clear },
};

/**
 * fr_control_operation_find:
 * @name: (nullable): what a request asks for
 *
 * Returns: (nullable): what begins with it
 */
FrControlOperation *
fr_control_operation_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_strcmp0 (name, operations[i].name) == 0)
      return operations[i].start;
  return NULL;
}
