/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The line in which a peer names an address where it may be reached (RFC 8839, 5.1), as it comes from a stranger. */

#define FR_CANDIDATE_MAX_BYTES 512

typedef enum
{
  FR_CANDIDATE_OK,
  FR_CANDIDATE_END,        /* empty: there will be no more */
  FR_CANDIDATE_TOO_LONG,   /* more than FR_CANDIDATE_MAX_BYTES */
  FR_CANDIDATE_MALFORMED,
  FR_CANDIDATE_LOCAL_NAME, /* a multicast DNS name instead of an address, as browsers send */
} FrCandidateFault;

FrCandidateFault fr_candidate_check (const char *candidate);

G_END_DECLS
