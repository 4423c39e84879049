/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch-list.h"
#include "fr-givings.h"
#include "fr-identity.h"
#include "fr-network.h"
#include "fr-node.h"
#include "fr-people-private.h"
#include "fr-wishes-private.h"

G_BEGIN_DECLS

/* What opening a node gathers, step by step, and then hands to the node as a whole. */
typedef struct
{
  char *folder;
  char *name;
  char *server;
  char *address; /* that we had at this server */
  char *serving; /* what is to be served from the start: one of FR_SERVING_..., else %NULL */
  gboolean asks; /* about strangers, where `admission` has never been chosen */
  char *admission; /* as fr_admission_rule_to_string(), or NULL: anyone */
  char *open;    /* FR_OPEN, FR_NOT_OPEN, or NULL, which is the same as that */
  char *image_program;
  gboolean doorbell;
  gboolean loopback_only; /* as the caller wants it; that of `webrtc` says whether there is no network either */
  FrWebrtcConfig webrtc;
  FrIdentity *identity;
  FrStore *store;
  GPtrArray *people; /* of FrPersonRecord, both */
  GPtrArray *acquaintances;
} FrNodeParts;

struct _FrNode
{
  GObject parent_instance;

  /* owned */
  FrNodeParts *parts;
  FrNetwork *network;
  FrImageClient *image;
  FrImageClient *image_for_others; /* what others gave us is decoded by processes that see nothing else */
  FrPeople *people;
  FrNewest *newest;
  FrWishes *wishes;
  FrRecentSearches *recent_searches;
  FrSearchTraces *search_traces;
  FrGallery *gallery;
  FrFetchList *fetches;
  FrGivings *givings;
  GHashTable *searches; /* number -> FrSearch, weak */
  char *serving;
  char *doorbell; /* nullable: our own */
  char *taken;    /* nullable: the address that we wanted and somebody else has */
  char *host; /* of this computer, as it was last */
  GError *error;
  GQueue serve_tasks; /* of GTask */

  /* state */
  FrNodeState state;
  gint64 retry_at_us;
  guint down_kib, up_kib;   /* limits; 0: none */
  guint limits_changed : 1; /* since what was kept was asked for */
};

typedef enum
{
  FR_NODE_PROP_0,
  FR_NODE_PROP_NAME,
  FR_NODE_PROP_ADDRESS,
  FR_NODE_PROP_SERVER,
  FR_NODE_PROP_STATE,
  FR_NODE_PROP_ERROR_MESSAGE,
  FR_NODE_PROP_SERVING,
  FR_NODE_PROP_LIMITS,
  FR_NODE_N_PROPS
} FrNodeProperty;


void fr_node_notify (FrNode *self, FrNodeProperty property);
void fr_node_put_setting (FrNode *self, const char *setting, const char *value);
void fr_node_take_server (FrNode *self, const FrNetworkReport *report);
void fr_node_start_server (FrNode *self);
void fr_node_start_overlay (FrNode *self);
void fr_node_search_gone (gpointer node, GObject *search);
void fr_node_start_wishes (FrNode *self);
void fr_node_move (FrNode *self, const char *host);
void fr_node_load_limits (FrNode *self);
void fr_node_take_serving (FrNode *self, FrNetworkReport *report);

FrNodeParts *fr_node_parts_new (const FrNodeOptions *options);
void fr_node_parts_free (FrNodeParts *self);
FrNode *fr_node_new (FrNodeParts *parts);
void fr_node_load_async (FrNode *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean fr_node_load_finish (FrNode *self, GAsyncResult *result, GError **error);

/* Settings in the store. */
#define FR_SETTING_NAME "name"
#define FR_SETTING_SERVER "server"
#define FR_SETTING_STUN "stun"
#define FR_SETTING_TURN "turn"
#define FR_SETTING_ADMISSION "admission"
#define FR_SETTING_OPEN "open"
#define FR_OPEN "yes"
#define FR_NOT_OPEN "added only"
#define FR_SETTING_LIMITS "limits" /* two numbers: down and up, KiB a second */
#define FR_SETTING_SERVING "serving"
#define FR_SERVING_LOCAL_NETWORK "local network"
#define FR_SERVING_THIS_COMPUTER "this computer"
char *fr_node_address_setting (const char *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrNodeParts, fr_node_parts_free)

G_END_DECLS
