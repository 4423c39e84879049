/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-mesh-private.h"

#include "fr-clock.h"

/* What the rest of the node tells the engine, and asks it, about neighbours and the ways to others. */

/**
 * fr_mesh_has_route:
 * @self: a mesh
 * @route: the id of a query, a join or a shuffle
 * @key: whom
 *
 * Returns: whether letters can be sent to them now; to a neighbour they always can
 */
gboolean
fr_mesh_has_route (FrMesh *self, const FrQueryId *route, const FrPeerKey *key)
{
  return fr_overlay_has_route (self->overlay, route, key, fr_clock_now_us ());
}

/**
 * fr_mesh_send_letter:
 * @self: a mesh
 * @route: that leads to @to
 * @to: whom
 * @letter: sealed to them
 *
 * Sends the words of a dial along links that are there.
 *
 * Returns: %FALSE if there is no way now
 */
gboolean
fr_mesh_send_letter (FrMesh *self, const FrQueryId *route, const FrPeerKey *to, GBytes *letter)
{
  gboolean sent = fr_overlay_signal (self->overlay, route, to, letter, fr_clock_now_us ());

  fr_mesh_pump_later (self);
  return sent;
}

/**
 * fr_mesh_check_links:
 * @self: a mesh
 *
 * Asks all neighbours at once whether they are still there.
 */
void
fr_mesh_check_links (FrMesh *self)
{
  fr_overlay_check_links (self->overlay, fr_clock_now_us ());
  fr_mesh_pump (self);
}

/**
 * fr_mesh_set_record:
 * @self: a mesh
 * @record: a packed PeerRecord of our own
 *
 * Sets what others are told of how we can be reached.
 */
void
fr_mesh_set_record (FrMesh *self, GBytes *record)
{
  fr_overlay_set_record (self->overlay, record, fr_clock_now_us ());
  fr_mesh_pump (self);
}

/**
 * fr_mesh_set_open:
 * @self: a mesh
 * @open: whether links are made to strangers by themselves
 *
 * Chooses between people who were added and everybody.
 */
void
fr_mesh_set_open (FrMesh *self, gboolean open)
{
  fr_overlay_set_open (self->overlay, open, fr_clock_now_us ());
  fr_mesh_pump (self);
}

void
fr_mesh_pin (FrMesh *self, const FrPeerKey *key, gboolean pinned)
{
  fr_overlay_pin (self->overlay, key, pinned, fr_clock_now_us ());
  fr_mesh_pump (self);
}

/**
 * fr_mesh_set_blocked:
 * @self: a mesh
 * @key: somebody
 * @blocked: whether the person here wants nothing of them
 *
 * Passes nothing on for whoever is blocked, nor anything of theirs.
 */
void
fr_mesh_set_blocked (FrMesh *self, const FrPeerKey *key, gboolean blocked)
{
  fr_overlay_set_blocked (self->overlay, key, blocked, fr_clock_now_us ());
  fr_mesh_pump (self);
}

/**
 * fr_mesh_add_record:
 * @self: a mesh
 * @record: a packed PeerRecord of somebody, whose signature has been checked
 *
 * Tells of somebody who may be dialled.
 */
void
fr_mesh_add_record (FrMesh *self, GBytes *record)
{
  fr_overlay_add_record (self->overlay, record, fr_clock_now_us ());
  fr_mesh_pump (self);
}

/**
 * fr_mesh_get_records:
 * @self: a mesh
 *
 * Returns: (transfer full) (element-type GBytes): packed PeerRecords to be kept for the next start
 */
GPtrArray *
fr_mesh_get_records (FrMesh *self)
{
  return fr_overlay_get_records (self->overlay);
}

gboolean
fr_mesh_wants_link (FrMesh *self, const FrPeerKey *key)
{
  return fr_overlay_wants_link (self->overlay, key);
}

void
fr_mesh_dial_failed (FrMesh *self, const FrPeerKey *key, gboolean lives)
{
  if (lives)
    fr_overlay_dial_refused (self->overlay, key, fr_clock_now_us ());
  else
    fr_overlay_dial_failed (self->overlay, key, fr_clock_now_us ());
  fr_mesh_pump_later (self);
}

/**
 * fr_mesh_set_content:
 * @self: a mesh
 * @content: (transfer full): the runs of letters in the texts of all pictures that are offered
 *
 * Sets what neighbours are told can be found here.
 */
void
fr_mesh_set_content (FrMesh *self, FrNgramSet *content)
{
  fr_overlay_set_content (self->overlay, content, fr_clock_now_us ());
  fr_mesh_pump (self);
}

void
fr_mesh_add_content (FrMesh *self, const char *folded)
{
  fr_overlay_add_content (self->overlay, folded, fr_clock_now_us ());
  fr_mesh_pump (self);
}
