/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-download-plan.h"

#include <string.h>

/* A piece that came before the manifest: the two channels are not in step. */
typedef struct
{
  FrBulkHeader header;
  guint8 data[];
} EarlyPiece;

struct _FrDownloadPlan
{
  FrContentId id;
  guint64 size; /* 0: not known yet */
  FrBlockSet have;
  FrDownloadFault fault; /* the first one; nothing is taken after it */

  /* The manifest */
  guint n_blocks;
  GByteArray *hashes;
  gboolean begun;

  /* The pieces */
  GQueue early;
  gsize early_bytes;
  guint next_block; /* the open one, or the next to be opened */
  guint8 *open;     /* owned; NULL: nothing of it is here yet */
  gsize filled;

  /* The blocks */
  guint n_missing;
  guint n_received;
  guint n_stored;
  guint n_told;
  guint more_blocks;

  GQueue actions; /* of FrDownloadAction */
};

static void
push_action (FrDownloadPlan *self, FrDownloadAction action)
{
  g_queue_push_tail (&self->actions, g_memdup2 (&action, sizeof action));
}

static void
action_free (FrDownloadAction *action)
{
  fr_download_action_clear (action);
  g_free (action);
}

static FrDownloadFault
fail (FrDownloadPlan *self, FrDownloadFault fault)
{
  self->fault = fault;
  return fault;
}

static FrDownloadFault
keep_early (FrDownloadPlan *self, const FrBulkHeader *header, const guint8 *data)
{
  EarlyPiece *piece;

  if (self->early.length >= FR_DOWNLOAD_EARLY_PIECES
      || self->early_bytes + header->length > (gsize) FR_TRANSFER_WINDOW * FR_BLOCK_SIZE)
    return fail (self, FR_DOWNLOAD_FAULT_WINDOW);

  piece = g_malloc (sizeof *piece + header->length);
  piece->header = *header;
  memcpy (piece->data, data, header->length);
  g_queue_push_tail (&self->early, piece);
  self->early_bytes += header->length;
  return FR_DOWNLOAD_OK;
}

static void
block_is_whole (FrDownloadPlan *self)
{
  push_action (self, (FrDownloadAction) {
                         .type = FR_DOWNLOAD_WRITE,
                         .block = self->next_block,
                         .data = g_bytes_new_take (g_steal_pointer (&self->open), self->filled),
                     });
  self->filled = 0;
  self->n_received++;
  self->next_block = fr_block_set_next_missing (&self->have, self->next_block + 1, self->n_blocks);
}

static FrDownloadFault
take_piece (FrDownloadPlan *self, const FrBulkHeader *header, const guint8 *data)
{
  gsize length;

  if (header->block >= self->n_blocks)
    return fail (self, FR_DOWNLOAD_FAULT_RANGE);
  if (header->block != self->next_block || header->offset != self->filled)
    return fail (self, FR_DOWNLOAD_FAULT_ORDER);
  if (self->n_received >= self->n_told + FR_TRANSFER_WINDOW)
    return fail (self, FR_DOWNLOAD_FAULT_WINDOW);
  length = fr_block_length (self->size, header->block);
  if (header->length > length - self->filled)
    return fail (self, FR_DOWNLOAD_FAULT_RANGE);

  if (self->open == NULL)
    self->open = g_malloc (length);
  memcpy (self->open + self->filled, data, header->length);
  self->filled += header->length;
  if (self->filled == length)
    block_is_whole (self);
  return FR_DOWNLOAD_OK;
}

static FrDownloadFault
take_early (FrDownloadPlan *self)
{
  FrDownloadFault fault = FR_DOWNLOAD_OK;

  while (fault == FR_DOWNLOAD_OK && self->early.length > 0)
    {
      g_autofree EarlyPiece *piece = g_queue_pop_head (&self->early);

      fault = take_piece (self, &piece->header, piece->data);
    }
  g_queue_clear_full (&self->early, g_free);
  return fault;
}

/* Hashing 64 KiB at most, the hashes of the largest picture: too little to be worth another thread. */
static FrDownloadFault
manifest_is_whole (FrDownloadPlan *self)
{
  FrContentId id;

  fr_content_id_from_blocks (self->size, (const FrBlockHash *) self->hashes->data, self->n_blocks, &id);
  if (!fr_content_id_equal (&id, &self->id))
    return fail (self, FR_DOWNLOAD_FAULT_WRONG_HASHES);

  self->begun = TRUE;
  self->next_block = fr_block_set_next_missing (&self->have, 0, self->n_blocks);
  for (guint block = 0; block < self->n_blocks; block++)
    self->n_missing += !fr_block_set_contains (&self->have, block);
  push_action (self, (FrDownloadAction) { .type = FR_DOWNLOAD_BEGIN });
  if (self->n_missing == 0)
    push_action (self, (FrDownloadAction) { .type = FR_DOWNLOAD_FINISH });
  return take_early (self);
}

/**
 * fr_download_fault_to_string:
 * @fault: a fault
 *
 * Returns: (transfer none): it in words, for an error's message
 */
const char *
fr_download_fault_to_string (FrDownloadFault fault)
{
  switch (fault)
    {
    case FR_DOWNLOAD_OK:
      return "nothing is wrong";
    case FR_DOWNLOAD_FAULT_SIZE:
      return "the size is not what it was said to be";
    case FR_DOWNLOAD_FAULT_PAGE:
      return "the list of blocks is not in order";
    case FR_DOWNLOAD_FAULT_WRONG_HASHES:
      return "the list of blocks is that of something else";
    case FR_DOWNLOAD_FAULT_ORDER:
      return "a piece came out of order";
    case FR_DOWNLOAD_FAULT_RANGE:
      return "a piece lies outside its block";
    case FR_DOWNLOAD_FAULT_WINDOW:
      return "more came than was asked for";
    }
  g_return_val_if_reached ("");
}

/**
 * fr_download_plan_new:
 * @id: what is asked for
 * @expected_size: its size in bytes as it was said before; 0 if it was not
 * @have: (nullable): the have-map that goes with the Get
 *
 * Makes a plan for one transfer.
 *
 * Returns: (transfer full): the plan
 */
FrDownloadPlan *
fr_download_plan_new (const FrContentId *id, guint64 expected_size, const FrBlockSet *have)
{
  FrDownloadPlan *self = g_new0 (FrDownloadPlan, 1);

  self->id = *id;
  self->size = expected_size;
  if (have != NULL)
    self->have = *have;
  self->more_blocks = FR_DOWNLOAD_MORE_BLOCKS;
  self->hashes = g_byte_array_new ();
  g_queue_init (&self->early);
  g_queue_init (&self->actions);
  return self;
}

/**
 * fr_download_plan_free:
 * @self: (nullable) (transfer full): a plan
 *
 * Frees the plan and what it has received.
 */
void
fr_download_plan_free (FrDownloadPlan *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->hashes);
  g_queue_clear_full (&self->early, g_free);
  g_queue_clear_full (&self->actions, (GDestroyNotify) action_free);
  g_free (self->open);
  g_free (self);
}

/**
 * fr_download_plan_manifest:
 * @self: a plan
 * @size: the size of the picture in bytes, as the page has it
 * @page: the number of the page
 * @hashes: (array length=hashes_size): the hashes on it
 * @hashes_size: their size in bytes
 *
 * Takes one page of the manifest. After the last one the content id is checked, and a BEGIN action follows.
 *
 * Returns: %FR_DOWNLOAD_OK, or what is wrong; after a fault nothing more is taken
 */
FrDownloadFault
fr_download_plan_manifest (FrDownloadPlan *self,
                           guint64 size,
                           guint page,
                           const guint8 *hashes,
                           gsize hashes_size)
{
  guint n_here, n_left;

  if (self->fault != FR_DOWNLOAD_OK)
    return self->fault;
  if (size == 0 || size > FR_PICTURE_MAX_SIZE || (self->size != 0 && size != self->size))
    return fail (self, FR_DOWNLOAD_FAULT_SIZE);
  n_here = self->hashes->len / sizeof (FrBlockHash);
  if (self->begun || page != n_here / FR_MANIFEST_PAGE_BLOCKS)
    return fail (self, FR_DOWNLOAD_FAULT_PAGE);
  n_left = fr_content_n_blocks (size) - n_here;
  if (hashes_size != MIN (n_left, FR_MANIFEST_PAGE_BLOCKS) * sizeof (FrBlockHash))
    return fail (self, FR_DOWNLOAD_FAULT_PAGE);

  self->size = size;
  self->n_blocks = fr_content_n_blocks (size);
  g_byte_array_append (self->hashes, hashes, (guint) hashes_size);
  if (self->hashes->len < self->n_blocks * sizeof (FrBlockHash))
    return FR_DOWNLOAD_OK;
  return manifest_is_whole (self);
}

/**
 * fr_download_plan_piece:
 * @self: a plan
 * @header: the header of a piece, as fr_bulk_parse() gives it
 * @data: its data
 *
 * Takes one piece. A WRITE action follows when its block is whole.
 *
 * Returns: %FR_DOWNLOAD_OK, or what is wrong; after a fault nothing more is taken
 */
FrDownloadFault
fr_download_plan_piece (FrDownloadPlan *self, const FrBulkHeader *header, const guint8 *data)
{
  if (self->fault != FR_DOWNLOAD_OK)
    return self->fault;
  return self->begun ? take_piece (self, header, data) : keep_early (self, header, data);
}

/**
 * fr_download_plan_stored:
 * @self: a plan
 *
 * The block of a WRITE action was right and is stored; in which order they are does not matter.
 */
void
fr_download_plan_stored (FrDownloadPlan *self)
{
  g_return_if_fail (self->n_stored < self->n_received);

  self->n_stored++;
  if (self->n_stored == self->n_missing)
    {
      push_action (self, (FrDownloadAction) { .type = FR_DOWNLOAD_FINISH });
    }
  else if (self->n_stored - self->n_told >= self->more_blocks)
    {
      push_action (self, (FrDownloadAction) { .type = FR_DOWNLOAD_MORE, .n_stored = self->n_stored });
      self->n_told = self->n_stored;
    }
}

/**
 * fr_download_plan_set_more:
 * @self: a plan
 * @n_blocks: how many stored blocks are worth a More from now on
 *
 * Whoever is asked for few blocks at a time has to be told of each.
 */
void
fr_download_plan_set_more (FrDownloadPlan *self, guint n_blocks)
{
  self->more_blocks = n_blocks;
}

/**
 * fr_download_plan_next_action:
 * @self: a plan
 * @out_action: (out caller-allocates): what to do; untouched if nothing
 *
 * Takes the next action. After BEGIN no other is to be taken until the store is ready.
 *
 * Returns: whether there was one
 */
gboolean
fr_download_plan_next_action (FrDownloadPlan *self, FrDownloadAction *out_action)
{
  g_autofree FrDownloadAction *action = g_queue_pop_head (&self->actions);

  if (action == NULL)
    return FALSE;
  *out_action = *action;
  return TRUE;
}

/**
 * fr_download_action_clear:
 * @action: an action
 *
 * Frees what is in it.
 */
void
fr_download_action_clear (FrDownloadAction *action)
{
  g_clear_pointer (&action->data, g_bytes_unref);
}

/**
 * fr_download_plan_get_size:
 * @self: a plan
 *
 * Returns: the size of the picture in bytes: proven after BEGIN, before it what was said; 0 if nothing was
 */
guint64
fr_download_plan_get_size (FrDownloadPlan *self)
{
  return self->size;
}

/**
 * fr_download_plan_get_hashes:
 * @self: a plan after its BEGIN
 *
 * Returns: (transfer full): the hashes of all blocks, 32 bytes each
 */
GBytes *
fr_download_plan_get_hashes (FrDownloadPlan *self)
{
  g_return_val_if_fail (self->begun, NULL);

  return g_bytes_new (self->hashes->data, self->hashes->len);
}
