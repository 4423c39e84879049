/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-record-check.h"

#include "fr-record.h"

/* All the places of records, however many there are; NULL where a place is empty. */
static guint
get_records (const Freshet__Frame *frame, const Freshet__PeerRecord *out_records[FR_SHUFFLE_MAX_RECORDS + 1])
{
  guint n = 0;

  switch ((int) frame->body_case)
    {
    case FRESHET__FRAME__BODY_JOIN:
      out_records[n++] = frame->join->newcomer;
      break;
    case FRESHET__FRAME__BODY_FORWARD_JOIN:
      out_records[n++] = frame->forward_join->newcomer;
      break;
    case FRESHET__FRAME__BODY_NEIGHBOUR:
      out_records[n++] = frame->neighbour->record;
      break;
    case FRESHET__FRAME__BODY_DISCONNECT:
      if (frame->disconnect->instead != NULL)
        out_records[n++] = frame->disconnect->instead;
      break;
    case FRESHET__FRAME__BODY_SHUFFLE:
      if (frame->shuffle->origin != NULL)
        out_records[n++] = frame->shuffle->origin;
      for (gsize i = 0; i < frame->shuffle->n_records && i < FR_SHUFFLE_MAX_RECORDS; i++)
        out_records[n++] = frame->shuffle->records[i];
      break;
    default:
      break;
    }
  return n;
}

/**
 * fr_record_check_count:
 * @frame: a frame that has been parsed
 *
 * Returns: how many records it brings: each costs a signature check
 */
guint
fr_record_check_count (const Freshet__Frame *frame)
{
  const Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS + 1];

  return get_records (frame, records);
}

/**
 * fr_record_check_frame:
 * @frame: a frame that has been parsed
 *
 * Returns: whether every record in it was signed by its subject
 */
gboolean
fr_record_check_frame (const Freshet__Frame *frame)
{
  const Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS + 1];
  guint n = get_records (frame, records);

  for (guint i = 0; i < n; i++)
    {
      g_auto (FrRecord) record = { 0 };

      if (!fr_record_read (records[i], &record))
        return FALSE;
    }
  return TRUE;
}
