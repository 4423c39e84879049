/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A session description (RFC 8866, 8841) as it came from a stranger, reduced to what two peers with data channels need
 * of each other. What WebRTC is given is written anew from that, so that no byte of a stranger's text reaches it
 * unchecked. An immutable value. */

#define FR_DESCRIPTION_MAX_BYTES (64 * 1024)
#define FR_DESCRIPTION_MAX_FINGERPRINTS 8
#define FR_CERTIFICATE_HASH_SIZE 32

typedef enum
{
  FR_DESCRIPTION_OK,
  FR_DESCRIPTION_TOO_LARGE,      /* more than FR_DESCRIPTION_MAX_BYTES */
  FR_DESCRIPTION_MALFORMED,      /* no session description at all */
  FR_DESCRIPTION_SECTIONS,       /* anything but one section, of data channels */
  FR_DESCRIPTION_NO_FINGERPRINT, /* no SHA-256 of its certificate */
  FR_DESCRIPTION_NO_CREDENTIALS, /* no user name and password for ICE */
  FR_DESCRIPTION_ODD_VALUE,      /* a value that no such description can have */
} FrDescriptionFault;

typedef struct _FrDescription FrDescription;

FrDescriptionFault fr_description_parse (const char *sdp, gboolean is_offer, FrDescription **out_description);
void fr_description_free (FrDescription *self);

char *fr_description_to_sdp (const FrDescription *self);
const char *const *fr_description_get_candidates (const FrDescription *self);
gboolean fr_description_has_fingerprint (const FrDescription *self, const guint8 hash[FR_CERTIFICATE_HASH_SIZE]);

const char *fr_description_fault_to_string (FrDescriptionFault fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDescription, fr_description_free)

G_END_DECLS
