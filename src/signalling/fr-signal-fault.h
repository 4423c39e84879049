/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be wrong with a message of the rendezvous protocol. */

#define FR_SIGNAL_FAULT (fr_signal_fault_quark ())
GQuark fr_signal_fault_quark (void);

/**
 * FrSignalFault:
 * @FR_SIGNAL_FAULT_TOO_LARGE: over %FR_JSON_MAX_SIZE bytes
 * @FR_SIGNAL_FAULT_TOO_DEEP: over %FR_JSON_MAX_DEPTH arrays and objects inside each other
 * @FR_SIGNAL_FAULT_NOT_JSON: no JSON (RFC 8259), or none that could be passed on unchanged
 * @FR_SIGNAL_FAULT_MALFORMED: JSON, but a field is missing, too long or of the wrong kind
 */
typedef enum
{
  FR_SIGNAL_FAULT_TOO_LARGE,
  FR_SIGNAL_FAULT_TOO_DEEP,
  FR_SIGNAL_FAULT_NOT_JSON,
  FR_SIGNAL_FAULT_MALFORMED,
} FrSignalFault;

G_END_DECLS
