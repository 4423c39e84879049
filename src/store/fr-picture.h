/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "fr-audience.h"
#include "fr-content-id.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* What the catalogue knows of one picture. Whoever makes one fills in its fields; once it is handed on it never changes
 * again, so any thread may read it. */

#define FR_PICTURE_MAX_BYTES (G_GUINT64_CONSTANT (512) * 1024 * 1024)
#define FR_PICTURE_MAX_TITLE 256
#define FR_PICTURE_MAX_DESCRIPTION 4096
#define FR_PICTURE_MAX_TAGS 32
#define FR_PICTURE_MAX_TAG 64
#define FR_PICTURE_MAX_MIME 64

/**
 * FrMetadata:
 * @FR_METADATA_UNTOUCHED: as the file came: nobody has looked (kept from others, or added by an older Freshet)
 * @FR_METADATA_REMOVED: what is shared has only what is needed to show it
 * @FR_METADATA_KEPT: the person wants all of it to be shared
 * @FR_METADATA_FIXED: it cannot be removed from a file of this kind
 *
 * What has become of what a file tells beside the picture: place, camera, owner. Numbers of the catalogue.
 */
typedef enum
{
  FR_METADATA_UNTOUCHED,
  FR_METADATA_REMOVED,
  FR_METADATA_KEPT,
  FR_METADATA_FIXED,
} FrMetadata;

typedef struct
{
  FrContentId id;          /* of the bytes that are shared: its name on the network */
  FrContentId original_id; /* of the bytes as they were added */
  char *title;             /* UTF-8, never %NULL, at most FR_PICTURE_MAX_TITLE bytes */
  char *description;       /* UTF-8, never %NULL, at most FR_PICTURE_MAX_DESCRIPTION bytes */
  GStrv tags;              /* never %NULL, at most FR_PICTURE_MAX_TAGS of FR_PICTURE_MAX_TAG bytes */
  guint type;              /* as Item.Type of the protocol; 0 where it is not known */
  char *mime;              /* never %NULL, at most FR_PICTURE_MAX_MIME bytes */
  guint64 size;            /* bytes */
  guint width;             /* pixels; 0 where it is not known */
  guint height;
  gint64 added_us;         /* real time */
  gint64 shared_us;        /* real time: since when others may see it, where they may; 0: since it was added */
  FrAudience audience;     /* who may see it */
  FrMetadata metadata;
  guint removed;           /* FrStripDetails: what is not in what is shared, or with KEPT what is in it */
  guint strip_version;     /* FR_STRIP_VERSION of what looked into it; 0: nothing has */
  GBytes *readers;         /* the people chosen; %NULL for other audiences (#FrAudience) */
  FrPeerKey origin;        /* zero: the person's own; else whom it was kept from */
  char *origin_name;       /* what they called themselves then, never %NULL; fr_origin_name_clean() */
  gboolean has_thumbnail;
  gboolean has_preview;
  FrBlockHash preview_hash; /* where there is a preview */

  /*< private >*/
  gatomicrefcount ref_count;
} FrPicture;

#define FR_TYPE_PICTURE (fr_picture_get_type ())

GType fr_picture_get_type (void) G_GNUC_CONST;
FrPicture *fr_picture_new (void);
FrPicture *fr_picture_copy (const FrPicture *self);
FrPicture *fr_picture_ref (FrPicture *self);
void fr_picture_unref (FrPicture *self);

void fr_picture_set_text (FrPicture *self, const char *title, const char *description, const char *const *tags);
void fr_picture_set_origin (FrPicture *self, const FrPeerKey *origin, const char *name);
void fr_picture_set_audience (FrPicture *self, FrAudience audience, GBytes *readers);
char *fr_picture_fold_texts (const char *title, const char *description, const char *const *tags);
gboolean fr_picture_is_mine (const FrPicture *self);
gboolean fr_picture_is_offered (const FrPicture *self);
gboolean fr_picture_has_original (const FrPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPicture, fr_picture_unref)

G_END_DECLS
