/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-picture.h"

G_BEGIN_DECLS

/* The list that goes with the files of an exported gallery: one JSON object a line. The first says what it is and its
 * version, then come people and pictures, the last says how many there were, so that a list that was cut off shows. What
 * is not known is passed over: later versions say more. Hostile until it is read; pure functions. */

#define FR_MANIFEST_NAME "gallery.jsonl"
#define FR_MANIFEST_VERSION 1
#define FR_MANIFEST_MAX_SIZE (128 * 1024 * 1024)
#define FR_MANIFEST_MAX_PICTURES 100000
#define FR_MANIFEST_MAX_PEOPLE 10000
#define FR_MANIFEST_MAX_FILE_NAME 255 /* bytes, as of any file */

#define FR_MANIFEST_ERROR (fr_manifest_error_quark ())
GQuark fr_manifest_error_quark (void);

typedef enum
{
  FR_MANIFEST_ERROR_NOT_ONE,    /* something else, or nothing */
  FR_MANIFEST_ERROR_NEWER,      /* a later version, which cannot be read */
  FR_MANIFEST_ERROR_DAMAGED,    /* cut off, or with a line that says nothing that it should */
  FR_MANIFEST_ERROR_TOO_LARGE,  /* above one of the bounds */
  FR_MANIFEST_ERROR_NOT_EMPTY,  /* the folder to export to has something in it */
} FrManifestError;

typedef struct
{
  FrPicture *picture; /* what is known of it; its id is what its bytes must have */
  char *file;         /* a plain name in the same folder */
  char *original;     /* nullable: another, of the picture as it was added, with all that its file told */
} FrManifestEntry;

/* Somebody who was chosen to see pictures. */
typedef struct
{
  FrPeerKey key;
  char *name;
} FrManifestPerson;

typedef struct
{
  GPtrArray *entries; /* of FrManifestEntry, the one added first first */
  GPtrArray *people;  /* of FrManifestPerson */
} FrManifest;

FrManifest *fr_manifest_new (void);
void fr_manifest_free (FrManifest *self);
void fr_manifest_add (FrManifest *self, FrPicture *picture, const char *file, const char *original);
void fr_manifest_add_person (FrManifest *self, const FrPeerKey *key, const char *name);

gboolean fr_manifest_has_room (guint n_pictures, GError **error);
GBytes *fr_manifest_format (const FrManifest *self, GError **error);
FrManifest *fr_manifest_parse (GBytes *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrManifest, fr_manifest_free)

G_END_DECLS
