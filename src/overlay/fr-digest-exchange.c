/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest-exchange.h"

#define N_DEPTHS (FR_DIGEST_MAX_DEPTH + 1)

typedef struct
{
  FrLinkId id;
  gboolean late; /* has told nothing for FR_DIGEST_FIRST_US */
  gint64 up_us;
  FrDigest *told[N_DEPTHS]; /* by the neighbour; none: nothing yet, so it has to be asked everything */
  FrDigest *sent[N_DEPTHS]; /* what it was told last; none: nothing, or everything, which is the same to it */
} Link;

typedef struct
{
  FrLinkId link;
  GBytes *frame;
} Outgoing;

struct _FrDigestExchange
{
  FrNgramSet *content; /* nullable: nothing */
  FrDigest *own;       /* nullable: has to be made of content again */

  Link *links;
  guint n_links;

  GQueue outgoing;  /* owned: Outgoing */
  gint64 gather_us; /* when additions go out */
  gint64 first_us;  /* when the next neighbour has told nothing for too long */
  gint64 thin_us;   /* when what is gone is taken out */
  gboolean held;    /* own content is not known yet: it may be anything */
  gboolean narrow;  /* whom we told everything only because a neighbour was late is told more with the additions */
};

static Link *
find_link (FrDigestExchange *self, FrLinkId id)
{
  for (guint i = 0; i < self->n_links; i++)
    if (self->links[i].id == id)
      return &self->links[i];
  return NULL;
}

static void
link_clear (Link *link)
{
  for (guint depth = 0; depth < N_DEPTHS; depth++)
    {
      g_clear_pointer (&link->told[depth], fr_digest_unref);
      g_clear_pointer (&link->sent[depth], fr_digest_unref);
    }
}

static void
outgoing_free (gpointer data)
{
  Outgoing *outgoing = data;

  g_clear_pointer (&outgoing->frame, g_bytes_unref);
  g_free (outgoing);
}

static void
drop_outgoing (FrDigestExchange *self, FrLinkId id)
{
  for (GList *at = self->outgoing.head, *next; at != NULL; at = next)
    {
      Outgoing *outgoing = at->data;

      next = at->next;
      if (outgoing->link != id)
        continue;
      outgoing_free (outgoing);
      g_queue_delete_link (&self->outgoing, at);
    }
}

static FrDigest *
get_own (FrDigestExchange *self)
{
  guint n = 0;
  const guint32 *hashes;

  if (self->own != NULL)
    return self->own;
  if (self->held)
    return self->own = fr_digest_new_everything ();
  hashes = self->content != NULL ? fr_ngram_set_get_hashes (self->content, &n) : NULL;
  self->own = fr_digest_new (hashes, n);
  return self->own;
}

/* What is found at all neighbours but one. */
static FrDigest *
make_beyond (FrDigestExchange *self, const Link *except)
{
  g_autofree FrDigest **others = g_new (FrDigest *, self->n_links);
  guint n = 0;

  for (guint i = 0; i < self->n_links; i++)
    {
      const Link *link = &self->links[i];

      if (link == except)
        continue;
      if (link->told[0] == NULL && link->late)
        return fr_digest_new_everything ();
      if (link->told[0] != NULL)
        others[n++] = link->told[0];
    }
  return n == 1 ? fr_digest_ref (others[0]) : fr_digest_new_union (others, n);
}

static void
tell (FrDigestExchange *self, Link *link, guint depth, FrDigest *digest)
{
  gboolean everything = fr_digest_is_everything (digest);
  Outgoing *outgoing = g_new (Outgoing, 1);

  outgoing->link = link->id;
  outgoing->frame = fr_digest_pack (digest, depth, link->sent[depth]);
  g_queue_push_tail (&self->outgoing, outgoing);
  g_clear_pointer (&link->sent[depth], fr_digest_unref);
  if (!everything)
    link->sent[depth] = fr_digest_ref (digest);
}

/* Adds what is new, and takes out what is gone if it is time for that, or if the size grows. So between two thinnings a
 * digest only ever grows, and is everything once it is half full: a neighbour that turns its own over all the time makes
 * us tell each bit once a minute, in three bytes at most. */
static void
update (FrDigestExchange *self, Link *link, guint depth, FrDigest *wanted, gboolean thin)
{
  FrDigest *sent = link->sent[depth];
  g_autoptr (FrDigest) both = NULL;

  if (sent == NULL && (!thin || fr_digest_is_everything (wanted)))
    return;
  if (sent != NULL && (thin ? fr_digest_equal (sent, wanted) : fr_digest_covers (sent, wanted)))
    return;
  if (!thin && fr_digest_get_log2 (wanted) <= fr_digest_get_log2 (sent) && !fr_digest_covers (wanted, sent))
    wanted = both = fr_digest_new_union ((FrDigest *[]){ sent, wanted }, 2);
  tell (self, link, depth, wanted);
}

static void
flush (FrDigestExchange *self, gboolean thin)
{
  for (guint i = 0; i < self->n_links; i++)
    {
      Link *link = &self->links[i];
      g_autoptr (FrDigest) beyond = make_beyond (self, link);

      update (self, link, 0, get_own (self), thin);
      update (self, link, 1, beyond, thin || (self->narrow && link->sent[1] == NULL));
    }
  self->gather_us = G_MAXINT64;
  self->narrow = FALSE;
  if (thin)
    self->thin_us = G_MAXINT64;
}

static void
added (FrDigestExchange *self, gint64 now_us)
{
  if (self->n_links > 0 && self->gather_us == G_MAXINT64)
    self->gather_us = now_us + FR_DIGEST_GATHER_US;
}

static void
removed (FrDigestExchange *self, gint64 now_us)
{
  if (self->n_links > 0 && self->thin_us == G_MAXINT64)
    self->thin_us = now_us + FR_DIGEST_THIN_INTERVAL_US;
}

static void
changed (FrDigestExchange *self, const FrDigest *from, const FrDigest *to, gint64 now_us)
{
  if (!fr_digest_covers (from, to))
    added (self, now_us);
  if (!fr_digest_covers (to, from))
    removed (self, now_us);
}

static void
plan_first (FrDigestExchange *self)
{
  self->first_us = G_MAXINT64;
  for (guint i = 0; i < self->n_links; i++)
    if (self->links[i].told[0] == NULL && !self->links[i].late)
      self->first_us = MIN (self->first_us, self->links[i].up_us + FR_DIGEST_FIRST_US);
}

/**
 * fr_digest_exchange_new:
 *
 * Returns: (transfer full): an exchange without content and links
 */
FrDigestExchange *
fr_digest_exchange_new (void)
{
  FrDigestExchange *self = g_new0 (FrDigestExchange, 1);

  g_queue_init (&self->outgoing);
  self->gather_us = self->first_us = self->thin_us = G_MAXINT64;
  return self;
}

/**
 * fr_digest_exchange_free:
 * @self: (nullable) (transfer full): an exchange
 */
void
fr_digest_exchange_free (FrDigestExchange *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_links; i++)
    link_clear (&self->links[i]);
  g_free (self->links);
  g_queue_clear_full (&self->outgoing, outgoing_free);
  g_clear_pointer (&self->own, fr_digest_unref);
  g_clear_pointer (&self->content, fr_ngram_set_free);
  g_free (self);
}

/**
 * fr_digest_exchange_hold_content:
 * @self: an exchange without links
 *
 * Says that it is not known yet what can be found here: neighbours are told nothing, and so ask everything, until
 * fr_digest_exchange_set_content() is called.
 */
void
fr_digest_exchange_hold_content (FrDigestExchange *self)
{
  self->held = TRUE;
  g_clear_pointer (&self->own, fr_digest_unref);
}

static void
release_content (FrDigestExchange *self)
{
  self->held = FALSE;
  for (guint i = 0; i < self->n_links; i++)
    if (!fr_digest_is_everything (get_own (self)))
      tell (self, &self->links[i], 0, self->own);
}

/**
 * fr_digest_exchange_set_content:
 * @self: an exchange
 * @content: (transfer full) (nullable): all that can be found here from now on; %NULL is nothing
 * @now_us: the time in microseconds
 *
 * What is new is told soon, what is gone with the next thinning.
 */
void
fr_digest_exchange_set_content (FrDigestExchange *self, FrNgramSet *content, gint64 now_us)
{
  g_autoptr (FrDigest) before = fr_digest_ref (get_own (self));

  g_clear_pointer (&self->content, fr_ngram_set_free);
  self->content = content;
  g_clear_pointer (&self->own, fr_digest_unref);
  if (self->held)
    release_content (self);
  else
    changed (self, before, get_own (self), now_us);
}

/**
 * fr_digest_exchange_add_content:
 * @self: an exchange
 * @folded: text of one more picture, as fr_text_fold() makes it
 * @now_us: the time in microseconds
 *
 * Costs little: the digest is made once for all that is added until it goes out.
 */
void
fr_digest_exchange_add_content (FrDigestExchange *self, const char *folded, gint64 now_us)
{
  if (self->held)
    return;
  if (self->content == NULL)
    self->content = fr_ngram_set_new ();
  fr_ngram_set_add_text (self->content, folded);
  g_clear_pointer (&self->own, fr_digest_unref);
  added (self, now_us);
}

/**
 * fr_digest_exchange_link_up:
 * @self: an exchange
 * @link: a link that it does not have
 * @now_us: the time in microseconds
 *
 * The new neighbour is told both digests at once. It has some time to tell its own, before the others are told that
 * anything may be behind it.
 */
void
fr_digest_exchange_link_up (FrDigestExchange *self, FrLinkId link, gint64 now_us)
{
  g_autoptr (FrDigest) beyond = NULL;
  Link *added_link;

  g_return_if_fail (find_link (self, link) == NULL);

  self->links = g_renew (Link, self->links, self->n_links + 1);
  added_link = &self->links[self->n_links++];
  *added_link = (Link){ .id = link, .up_us = now_us };
  beyond = make_beyond (self, added_link);
  if (!fr_digest_is_everything (get_own (self)))
    tell (self, added_link, 0, self->own);
  if (!fr_digest_is_everything (beyond))
    tell (self, added_link, 1, beyond);
  plan_first (self);
}

/**
 * fr_digest_exchange_link_down:
 * @self: an exchange
 * @link: a link; may be unknown
 * @now_us: the time in microseconds
 *
 * What only that neighbour had is taken out with the next thinning.
 */
void
fr_digest_exchange_link_down (FrDigestExchange *self, FrLinkId link, gint64 now_us)
{
  Link *gone = find_link (self, link);

  if (gone == NULL)
    return;
  link_clear (gone);
  *gone = self->links[--self->n_links];
  drop_outgoing (self, link);
  plan_first (self);
  removed (self, now_us);
  if (self->n_links == 0)
    {
      g_clear_pointer (&self->links, g_free);
      self->gather_us = self->thin_us = G_MAXINT64;
    }
}

/**
 * fr_digest_exchange_receive:
 * @self: an exchange
 * @link: the link that brought it
 * @digest: what it says, checked by fr_frame_parse()
 * @now_us: the time in microseconds
 *
 * Returns: %FALSE if it is a fault of the neighbour; what it told before stays
 */
gboolean
fr_digest_exchange_receive (FrDigestExchange *self, FrLinkId link, const Freshet__Digest *digest, gint64 now_us)
{
  Link *from = find_link (self, link);
  g_autoptr (FrDigest) before = NULL, now = NULL;

  if (from == NULL)
    return TRUE;
  if (digest->depth > FR_DIGEST_MAX_DEPTH)
    return FALSE;
  now = fr_digest_unpack (digest, from->told[digest->depth]);
  if (now == NULL)
    return FALSE;
  before = from->told[digest->depth];
  from->told[digest->depth] = fr_digest_ref (now);
  if (digest->depth > 0)
    return TRUE;
  if (before != NULL)
    {
      changed (self, before, now, now_us);
      return TRUE;
    }
  self->narrow = self->narrow || from->late;
  from->late = FALSE;
  plan_first (self);
  added (self, now_us);
  return TRUE;
}

/**
 * fr_digest_exchange_may_match:
 * @self: an exchange
 * @link: where a copy of a query could go
 * @ttl: links that it may still cross, that one included
 * @pattern: (nullable): what is searched for; %NULL if no digest can judge it
 *
 * Returns: %FALSE if neither the neighbour nor, where the copy gets that far, its neighbours have it
 */
gboolean
fr_digest_exchange_may_match (FrDigestExchange *self, FrLinkId link, guint ttl, const FrDigestPattern *pattern)
{
  const Link *to;

  if (pattern == NULL || ttl > N_DEPTHS)
    return TRUE;
  to = find_link (self, link);
  if (to == NULL)
    return TRUE;
  for (guint depth = 0; depth < ttl; depth++)
    if (to->told[depth] == NULL || fr_digest_may_match (to->told[depth], pattern))
      return TRUE;
  return FALSE;
}

/**
 * fr_digest_exchange_tick:
 * @self: an exchange
 * @now_us: the time in microseconds
 *
 * Does what is due.
 */
void
fr_digest_exchange_tick (FrDigestExchange *self, gint64 now_us)
{
  gboolean due = now_us >= self->gather_us, thin = now_us >= self->thin_us;

  if (now_us >= self->first_us)
    {
      for (guint i = 0; i < self->n_links; i++)
        if (self->links[i].told[0] == NULL && now_us >= self->links[i].up_us + FR_DIGEST_FIRST_US)
          self->links[i].late = TRUE;
      plan_first (self);
      due = TRUE;
    }
  if (due || thin)
    flush (self, thin);
}

/**
 * fr_digest_exchange_next_deadline:
 * @self: an exchange
 *
 * Returns: when fr_digest_exchange_tick() is to be called next, in microseconds; %G_MAXINT64 if there is no need
 */
gint64
fr_digest_exchange_next_deadline (FrDigestExchange *self)
{
  return MIN (MIN (self->gather_us, self->first_us), self->thin_us);
}

/**
 * fr_digest_exchange_next_frame:
 * @self: an exchange
 * @out_link: (out): where it goes
 * @out_frame: (out) (transfer full): a frame to be sent; untouched if there is none
 *
 * To be called after each other call until there is nothing more.
 *
 * Returns: %FALSE if there is nothing to be sent
 */
gboolean
fr_digest_exchange_next_frame (FrDigestExchange *self, FrLinkId *out_link, GBytes **out_frame)
{
  Outgoing *outgoing = g_queue_pop_head (&self->outgoing);

  if (outgoing == NULL)
    return FALSE;
  *out_link = outgoing->link;
  *out_frame = g_steal_pointer (&outgoing->frame);
  outgoing_free (outgoing);
  return TRUE;
}
