/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"

G_BEGIN_DECLS

/* What freshet.proto says about the fields of a message: lengths, counts, ranges, text. Private to this folder. */

gboolean fr_frame_check (const Freshet__Frame *frame);
gboolean fr_hello_body_check (const Freshet__HelloBody *body);
gboolean fr_query_body_check (const Freshet__QueryBody *body);
gboolean fr_hits_body_check (const Freshet__HitsBody *body);
gboolean fr_peer_record_body_check (const Freshet__PeerRecordBody *body);
gboolean fr_introduce_body_check (const Freshet__IntroduceBody *body);

G_END_DECLS
