/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <protobuf-c/protobuf-c.h>

G_BEGIN_DECLS

/* protobuf-c with a bound on the memory that one message may take, however it is made. */

/* A frame is parsed in up to three steps (itself, its signed part, the record in that), which together stay under
 * 1 MiB. No honest message comes near: the memory is that of small fields which we do not know. */
#define FR_UNPACK_MAX_MEMORY (256 * 1024)

ProtobufCMessage *fr_message_unpack (const ProtobufCMessageDescriptor *descriptor, const void *data, gsize size);

G_END_DECLS
