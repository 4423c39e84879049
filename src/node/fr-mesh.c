/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-mesh-private.h"

#include <sodium.h>
#include <string.h>

#include "fr-clock.h"
#include "fr-record-check.h"
#include "fr-sealed-answer.h"

G_DEFINE_FINAL_TYPE (FrMesh, fr_mesh, G_TYPE_OBJECT)

enum
{
  HITS,
  PREVIEW,
  XRAY,
  DIAL,
  LETTER,
  LOCATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
deliver_query (FrMesh *self, const FrOverlayAction *action)
{
  g_autoptr (Freshet__QueryBody) body = NULL;
  gsize size;
  const void *data = g_bytes_get_data (action->frame, &size);

  if (fr_query_body_parse (data, size, &body) == FR_WIRE_OK)
    fr_answerer_take (self->answerer, &action->query, body, action->hops);
}

static void
verify_query (FrMesh *self, const FrOverlayAction *action)
{
  gsize size;
  const void *data = g_bytes_get_data (action->frame, &size);
  gboolean valid = fr_identity_verify (&action->key, FR_SIGN_QUERY, data, size, action->signature,
                                       sizeof action->signature);

  fr_overlay_verified (self->overlay, &action->query, valid, fr_clock_now_us ());
}

/* What an answer to a search of ours says, sealed or not. */
static Freshet__Frame *
read_answer (FrMesh *self, const FrOverlayAction *action)
{
  const FrReplyKey *key = fr_mesh_find_reply (self, &action->query);
  g_autoptr (Freshet__Frame) frame = NULL;
  gsize size;
  const void *data = g_bytes_get_data (action->frame, &size);

  if (fr_frame_parse (data, size, &frame) != FR_WIRE_OK)
    return NULL;
  if (!fr_sealed_answer_is_sealed (frame))
    return g_steal_pointer (&frame);
  return key != NULL ? fr_sealed_answer_open (frame, key) : NULL;
}

/* Returns whether the answer was to one of our questions for a person. */
static gboolean
take_located (FrMesh *self, const FrHits *hits)
{
  const FrMeshLocate *locate = fr_mesh_find_locate (self, &hits->query);
  FrPeerKey key;
  FrQueryId query;

  if (locate == NULL)
    return FALSE;
  key = locate->key;
  query = locate->query;
  if (fr_peer_key_equal (&key, &hits->holder.key))
    g_signal_emit (self, signals[LOCATED], 0, &key, &query);
  return TRUE;
}

static void
deliver_hits (FrMesh *self, const FrOverlayAction *action)
{
  g_autoptr (Freshet__Frame) frame = read_answer (self, action);
  g_autoptr (FrHits) hits = frame != NULL ? fr_hits_read (frame->hits) : NULL;
  FrOverlayAction opened = *action; /* borrows what it points to */
  FrLink *link;

  if (hits == NULL)
    return;
  opened.hops = hits->hops;
  fr_overlay_hits_verified (self->overlay, &opened, hits->items->len);
  if (take_located (self, hits))
    return;
  link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (action->link));
  if (link != NULL)
    hits->via = *fr_link_get_key (link);
  g_signal_emit (self, signals[HITS], 0, hits);
}

static void
deliver_preview (FrMesh *self, const FrOverlayAction *action)
{
  g_autoptr (Freshet__Frame) frame = read_answer (self, action);
  g_autoptr (GBytes) data = NULL;
  FrBlockHash hash;

  if (frame != NULL)
    data = fr_preview_read (frame->preview, &hash);
  if (data == NULL)
    return;
  g_signal_emit (self, signals[PREVIEW], 0, &action->query, &hash, data);
}

static Freshet__Bye__Reason
bye_of (FrOverlayReason reason)
{
  switch (reason)
    {
    case FR_OVERLAY_REASON_FAULTS:
      return FRESHET__BYE__REASON__REASON_FAULT;
    case FR_OVERLAY_REASON_FULL:
      return FRESHET__BYE__REASON__REASON_FULL;
    case FR_OVERLAY_REASON_NONE:
    case FR_OVERLAY_REASON_SILENT:
    default:
      return FRESHET__BYE__REASON__REASON_NONE;
    }
}

static void
close_link (FrMesh *self, const FrOverlayAction *action)
{
  g_autoptr (FrLink) link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (action->link));

  if (link == NULL)
    return;
  g_object_ref (link);
  if (action->reason == FR_OVERLAY_REASON_SILENT)
    fr_link_give_up (link);
  else
    fr_link_close (link, bye_of (action->reason));
  fr_mesh_remove_link (self, link);
}

static void
dial (FrMesh *self, const FrOverlayAction *action)
{
  g_auto (FrRecord) record = { 0 };
  FrDialTarget target = { .key_expected = TRUE, .has_route = action->has_route, .route = action->query };
  gsize size;
  const void *data = g_bytes_get_data (action->frame, &size);

  if (!fr_record_parse (data, size, &record))
    {
      fr_overlay_dial_failed (self->overlay, &action->key, fr_clock_now_us ());
      return;
    }
  target.key = record.key;
  target.address = record.address;
  target.server = record.server;
  target.doorbell = record.doorbell;
  g_signal_emit (self, signals[DIAL], 0, &target);
}

static gboolean
queued_cb (gpointer data)
{
  FrMesh *self = data;
  gint64 now_us = fr_clock_now_us ();
  gboolean any = FALSE;
  GHashTableIter iter;
  gpointer id, link;

  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, &id, &link))
    {
      gsize buffered = fr_link_get_buffered (link);

      any |= buffered > 0;
      fr_overlay_queued (self->overlay, GPOINTER_TO_UINT (id), buffered, now_us);
    }
  if (!any)
    g_clear_pointer (&self->queued, g_source_unref);
  g_source_set_ready_time (self->timer, 0);
  return any;
}

/* Looks what waits to be sent, until nothing does. */
static void
watch_queues (FrMesh *self)
{
  if (self->queued != NULL)
    return;
  self->queued = g_timeout_source_new (FR_MESH_QUEUED_INTERVAL_MS);
  g_source_set_callback (self->queued, queued_cb, self, NULL);
  g_source_attach (self->queued, g_main_context_get_thread_default ());
}

static void
send_frame (FrMesh *self, const FrOverlayAction *action)
{
  FrLink *link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (action->link));

  if (link == NULL)
    return;
  fr_link_send (link, action->frame);
  watch_queues (self);
}

static void
do_action (FrMesh *self, const FrOverlayAction *action)
{
  switch (action->type)
    {
    case FR_OVERLAY_SEND:
      send_frame (self, action);
      break;
    case FR_OVERLAY_VERIFY:
      verify_query (self, action);
      break;
    case FR_OVERLAY_DELIVER_QUERY:
      deliver_query (self, action);
      break;
    case FR_OVERLAY_DELIVER_HITS:
      deliver_hits (self, action);
      break;
    case FR_OVERLAY_DELIVER_PREVIEW:
      deliver_preview (self, action);
      break;
    case FR_OVERLAY_DELIVER_SIGNAL:
      g_signal_emit (self, signals[LETTER], 0, &action->query, &action->key, action->frame);
      break;
    case FR_OVERLAY_CLOSE:
      close_link (self, action);
      break;
    case FR_OVERLAY_DIAL:
      dial (self, action);
      break;
    case FR_OVERLAY_XRAY:
      g_signal_emit (self, signals[XRAY], 0, &action->query);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
timer_cb (gpointer data)
{
  FrMesh *self = data;
  FrOverlayAction action;
  gint64 deadline_us, now_us = fr_clock_now_us ();

  fr_overlay_tick (self->overlay, now_us);
  self->pumping = TRUE;
  while (fr_overlay_next_action (self->overlay, &action))
    {
      do_action (self, &action);
      fr_overlay_action_clear (&action);
    }
  self->pumping = FALSE;
  /* GSource counts by the monotonic clock, which stands still during suspend; what is late then is done on waking. */
  deadline_us = fr_overlay_next_deadline (self->overlay);
  g_source_set_ready_time (self->timer, deadline_us == G_MAXINT64
                                            ? -1
                                            : g_get_monotonic_time () + MAX (0, deadline_us - now_us));
  return G_SOURCE_CONTINUE;
}

void
fr_mesh_pump (FrMesh *self)
{
  g_autoptr (FrMesh) keep = g_object_ref (self);

  if (!self->pumping && self->timer != NULL)
    timer_cb (self);
}

void
fr_mesh_pump_later (FrMesh *self)
{
  if (self->timer != NULL)
    g_source_set_ready_time (self->timer, 0);
}

static FrLinkId
id_of (FrMesh *self, FrLink *link)
{
  const FrMeshNeighbour *neighbour = g_hash_table_lookup (self->ids, link);

  return neighbour != NULL ? neighbour->id : 0;
}

/* Records are kept and given to others: what is in them must be their subjects' own words. Those that come faster than
 * anybody has reason to send them are not looked at. */
static gboolean
check_records (FrMesh *self, FrMeshNeighbour *neighbour, const Freshet__Frame *frame)
{
  guint n_records = fr_record_check_count (frame);
  gint64 now_us = fr_clock_now_us ();

  if (n_records == 0)
    return TRUE;
  if (!fr_token_bucket_take (&neighbour->records, n_records, now_us))
    return FALSE;
  if (fr_record_check_frame (frame))
    return TRUE;
  fr_overlay_receive_fault (self->overlay, neighbour->id, FR_WIRE_INVALID, now_us);
  return FALSE;
}

static void
link_frame_cb (FrLink *link, const Freshet__Frame *frame, guint size, gpointer data)
{
  FrMesh *self = data;
  FrMeshNeighbour *neighbour = g_hash_table_lookup (self->ids, link);

  if (neighbour == NULL)
    return;
  if (check_records (self, neighbour, frame))
    fr_overlay_receive (self->overlay, neighbour->id, frame, size, fr_clock_now_us ());
  fr_mesh_pump (self);
}

static void
link_fault_cb (FrLink *link, guint fault, gpointer data)
{
  FrMesh *self = data;

  fr_overlay_receive_fault (self->overlay, id_of (self, link), fault, fr_clock_now_us ());
  fr_mesh_pump (self);
}

static void
link_heard_cb (FrLink *link, gpointer data)
{
  FrMesh *self = data;

  fr_overlay_heard (self->overlay, id_of (self, link), fr_clock_now_us ());
  watch_queues (self); /* a transfer may be what it is about */
}

static void
answer_cb (FrAnswerer *answerer, const FrQueryId *query, GBytes *frame, gpointer data)
{
  FrMesh *self = data;

  fr_overlay_answer (self->overlay, query, frame, fr_clock_now_us ());
  fr_mesh_pump (self);
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

static void
fr_mesh_dispose (GObject *object)
{
  FrMesh *self = FR_MESH (object);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->queued != NULL)
    g_source_destroy (self->queued);
  g_clear_pointer (&self->queued, g_source_unref);
  if (self->answerer != NULL)
    g_signal_handlers_disconnect_by_data (self->answerer, self);
  g_clear_object (&self->answerer);
  g_hash_table_remove_all (self->ids);
  g_hash_table_remove_all (self->links);
  G_OBJECT_CLASS (fr_mesh_parent_class)->dispose (object);
}

static void
fr_mesh_finalize (GObject *object)
{
  FrMesh *self = FR_MESH (object);

  g_clear_pointer (&self->overlay, fr_overlay_free);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->locates, g_array_unref);
  g_clear_pointer (&self->replies, g_array_unref);
  g_clear_pointer (&self->contacts, g_hash_table_unref);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_pointer (&self->identity, fr_identity_unref);
  G_OBJECT_CLASS (fr_mesh_parent_class)->finalize (object);
}

static void
fr_mesh_class_init (FrMeshClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_mesh_dispose;
  object_class->finalize = fr_mesh_finalize;
  signals[HITS] = g_signal_new ("hits", FR_TYPE_MESH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
  signals[PREVIEW] = g_signal_new ("preview", FR_TYPE_MESH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                   G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_BYTES);
  signals[XRAY] = g_signal_new ("xray", FR_TYPE_MESH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
  signals[DIAL] = g_signal_new ("dial", FR_TYPE_MESH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
  signals[LETTER] = g_signal_new ("letter", FR_TYPE_MESH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                  G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_BYTES);
  signals[LOCATED] = g_signal_new ("located", FR_TYPE_MESH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
fr_mesh_init (FrMesh *self)
{
  self->links = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->locates = g_array_new (FALSE, FALSE, sizeof (FrMeshLocate));
  self->contacts = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  self->next_id = 1;
}

/**
 * fr_mesh_new:
 * @identity: who we are
 * @answerer: who looks into the own gallery
 *
 * Returns: (transfer full): a mesh of no links, in the thread-default main context
 */
FrMesh *
fr_mesh_new (FrIdentity *identity, FrAnswerer *answerer)
{
  FrMesh *self = g_object_new (FR_TYPE_MESH, NULL);
  FrOverlayConfig config;

  fr_overlay_config_init_default (&config);
  self->identity = fr_identity_ref (identity);
  self->answerer = g_object_ref (answerer);
  self->overlay = fr_overlay_new (&config, fr_identity_get_key (identity), randombytes_random ());
  g_signal_connect (answerer, "answer", G_CALLBACK (answer_cb), self);
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

/**
 * fr_mesh_add_link:
 * @self: a mesh
 * @link: a link for searches, ready
 *
 * Lets searches travel along a link, until fr_mesh_remove_link().
 */
void
fr_mesh_add_link (FrMesh *self, FrLink *link)
{
  FrLinkId id = self->next_id++;
  FrMeshNeighbour *neighbour = g_new0 (FrMeshNeighbour, 1);

  neighbour->id = id;
  fr_token_bucket_init (&neighbour->records, FR_MESH_RECORD_RATE, FR_MESH_RECORD_BURST, fr_clock_now_us ());
  g_hash_table_insert (self->links, GUINT_TO_POINTER (id), g_object_ref (link));
  g_hash_table_insert (self->ids, link, neighbour);
  g_signal_connect_object (link, "heard", G_CALLBACK (link_heard_cb), self, 0);
  g_signal_connect_object (link, "frame", G_CALLBACK (link_frame_cb), self, 0);
  g_signal_connect_object (link, "fault", G_CALLBACK (link_fault_cb), self, 0);
  fr_overlay_link_up (self->overlay, id, fr_link_get_key (link), fr_clock_now_us ());
  fr_mesh_pump (self);
}

/**
 * fr_mesh_remove_link:
 * @self: a mesh
 * @link: a link that has closed
 *
 * Forgets a link. One that was lost is replaced sooner than one that was closed with a word.
 */
void
fr_mesh_remove_link (FrMesh *self, FrLink *link)
{
  FrLinkId id = id_of (self, link);

  if (id == 0)
    return;
  g_signal_handlers_disconnect_by_data (link, self);
  if (fr_link_was_lost (link))
    fr_overlay_link_lost (self->overlay, id, fr_clock_now_us ());
  else
    fr_overlay_link_down (self->overlay, id, fr_clock_now_us ());
  g_hash_table_remove (self->ids, link);
  g_hash_table_remove (self->links, GUINT_TO_POINTER (id));
  fr_mesh_pump (self);
}

guint
fr_mesh_get_n_links (FrMesh *self)
{
  return g_hash_table_size (self->links);
}

/**
 * fr_mesh_get_round_trip_us:
 * @self: a mesh
 * @link: one of its links
 *
 * Returns: the smoothed round trip in microseconds; 0: not measured yet
 */
guint
fr_mesh_get_round_trip_us (FrMesh *self, FrLink *link)
{
  FrLinkId id = id_of (self, link);

  return id != 0 ? fr_overlay_get_round_trip_us (self->overlay, id) : 0;
}

