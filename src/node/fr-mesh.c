/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-mesh.h"

#include <sodium.h>
#include <string.h>

#include "fr-clock.h"

struct _FrMesh
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  FrAnswerer *answerer;
  FrOverlay *overlay;
  GHashTable *links; /* FrLinkId -> FrLink */
  GHashTable *ids;   /* FrLink -> FrLinkId */
  GSource *timer;

  /* state */
  FrLinkId next_id;
  guint64 sequence;
  gboolean pumping;
};

G_DEFINE_FINAL_TYPE (FrMesh, fr_mesh, G_TYPE_OBJECT)

enum
{
  HITS,
  PREVIEW,
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

static Freshet__Frame *
parse_again (const FrOverlayAction *action)
{
  Freshet__Frame *frame = NULL;
  gsize size;
  const void *data = g_bytes_get_data (action->frame, &size);

  return fr_frame_parse (data, size, &frame) == FR_WIRE_OK ? frame : NULL;
}

static void
deliver_hits (FrMesh *self, const FrOverlayAction *action)
{
  g_autoptr (Freshet__Frame) frame = parse_again (action);
  g_autoptr (FrHits) hits = frame != NULL ? fr_hits_read (frame->hits) : NULL;

  if (hits != NULL)
    g_signal_emit (self, signals[HITS], 0, hits);
}

static void
deliver_preview (FrMesh *self, const FrOverlayAction *action)
{
  g_autoptr (Freshet__Frame) frame = parse_again (action);
  g_autoptr (GBytes) data = NULL;
  FrBlockHash hash;

  if (frame == NULL)
    return;
  fr_content_hash_block (frame->preview->data.data, frame->preview->data.len, &hash);
  if (frame->preview->hash.len != sizeof hash.bytes || memcmp (hash.bytes, frame->preview->hash.data, 32) != 0)
    return;
  data = g_bytes_new (frame->preview->data.data, frame->preview->data.len);
  g_signal_emit (self, signals[PREVIEW], 0, &action->query, &hash, data);
}

static void
close_link (FrMesh *self, const FrOverlayAction *action)
{
  FrLink *link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (action->link));

  if (link != NULL)
    fr_link_close (link, action->reason == FR_OVERLAY_REASON_FAULTS ? FRESHET__BYE__REASON__REASON_FAULT
                                                                    : FRESHET__BYE__REASON__REASON_NONE);
}

static void
do_action (FrMesh *self, const FrOverlayAction *action)
{
  FrLink *link;

  switch (action->type)
    {
    case FR_OVERLAY_SEND:
      link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (action->link));
      if (link != NULL)
        fr_link_send (link, action->frame);
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
    case FR_OVERLAY_CLOSE:
      close_link (self, action);
      break;
    case FR_OVERLAY_DIAL: /* links are not made by themselves yet */
    case FR_OVERLAY_DELIVER_SIGNAL:
    case FR_OVERLAY_XRAY:
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

/* Does what the engine has queued, unless that is being done further up the stack. */
static void
pump (FrMesh *self)
{
  g_autoptr (FrMesh) keep = g_object_ref (self);

  if (!self->pumping && self->timer != NULL)
    timer_cb (self);
}

static void
link_frame_cb (FrLink *link, const Freshet__Frame *frame, guint size, gpointer data)
{
  FrMesh *self = data;
  FrLinkId id = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, link));

  fr_overlay_receive (self->overlay, id, frame, size, fr_clock_now_us ());
  pump (self);
}

static void
link_fault_cb (FrLink *link, guint fault, gpointer data)
{
  FrMesh *self = data;
  FrLinkId id = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, link));

  fr_overlay_receive_fault (self->overlay, id, fault, fr_clock_now_us ());
  pump (self);
}

static void
answer_cb (FrAnswerer *answerer, const FrQueryId *query, GBytes *frame, gpointer data)
{
  FrMesh *self = data;

  fr_overlay_answer (self->overlay, query, frame, fr_clock_now_us ());
  pump (self);
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
}

static void
fr_mesh_init (FrMesh *self)
{
  self->links = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->ids = g_hash_table_new (NULL, NULL);
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

  g_hash_table_insert (self->links, GUINT_TO_POINTER (id), g_object_ref (link));
  g_hash_table_insert (self->ids, link, GUINT_TO_POINTER (id));
  g_signal_connect_object (link, "frame", G_CALLBACK (link_frame_cb), self, 0);
  g_signal_connect_object (link, "fault", G_CALLBACK (link_fault_cb), self, 0);
  fr_overlay_link_up (self->overlay, id, fr_link_get_key (link), fr_clock_now_us ());
  pump (self);
}

/**
 * fr_mesh_remove_link:
 * @self: a mesh
 * @link: a link that has closed
 *
 * Forgets a link.
 */
void
fr_mesh_remove_link (FrMesh *self, FrLink *link)
{
  FrLinkId id = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, link));

  if (id == 0)
    return;
  g_signal_handlers_disconnect_by_data (link, self);
  fr_overlay_link_down (self->overlay, id, fr_clock_now_us ());
  g_hash_table_remove (self->ids, link);
  g_hash_table_remove (self->links, GUINT_TO_POINTER (id));
  pump (self);
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
  FrLinkId id = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, link));

  return id != 0 ? fr_overlay_get_round_trip_us (self->overlay, id) : 0;
}

/**
 * fr_mesh_search:
 * @self: a mesh
 * @name: what people call us
 * @words: what is searched for, at most 256 bytes
 *
 * Signs a search and floods it.
 *
 * Returns: its id, by which hits and previews come
 */
FrQueryId
fr_mesh_search (FrMesh *self, const char *name, const char *words)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  g_autoptr (GBytes) packed = NULL;
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryId query;
  gsize size;
  const void *data;

  body.asker.data = (guint8 *) fr_identity_get_key (self->identity)->bytes;
  body.asker.len = FR_PEER_KEY_SIZE;
  body.name = (char *) name;
  body.words = (char *) words;
  /* It must grow over restarts too, and two searches may be made in the same microsecond. */
  self->sequence = MAX (self->sequence + 1, (guint64) g_get_real_time ());
  body.sequence = self->sequence;
  packed = fr_message_pack (&body.base);
  data = g_bytes_get_data (packed, &size);
  fr_identity_sign (self->identity, FR_SIGN_QUERY, data, size, signature);
  query = fr_overlay_search (self->overlay, packed, signature, 0, fr_clock_now_us ());
  pump (self);
  return query;
}

/**
 * fr_mesh_end_search:
 * @self: a mesh
 * @query: a search of our own
 *
 * Wants no more answers to a search.
 */
void
fr_mesh_end_search (FrMesh *self, const FrQueryId *query)
{
  fr_overlay_end_search (self->overlay, query, fr_clock_now_us ());
}
