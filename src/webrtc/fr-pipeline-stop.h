/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Stops a pipeline with a webrtcbin for good, past what its parts of GStreamer 1.22 do not expect then. */

GstElement *fr_pipeline_new (void);
void fr_pipeline_stop (GstElement *pipeline);

void _fr_pipeline_quieten (GstElement *pipeline); /* its first step, for tests */

G_END_DECLS
