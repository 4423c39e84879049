/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where one picture is shown large: first its small form, then the whole; how far it has come; or why there is none. */

/* What is asked of freshet-image: enough for a large screen, 40 MB of pixels. */
#define FR_STAGE_MAX_WIDTH 3840
#define FR_STAGE_MAX_HEIGHT 2560

#define FR_TYPE_STAGE (fr_stage_get_type ())
G_DECLARE_FINAL_TYPE (FrStage, fr_stage, FR, STAGE, AdwBin)

void fr_stage_clear (FrStage *self, const char *title);
void fr_stage_set_paintable (FrStage *self, GdkPaintable *paintable);
GdkPaintable *fr_stage_get_paintable (FrStage *self);
void fr_stage_set_progress (FrStage *self, double fraction, const char *text);
void fr_stage_end_progress (FrStage *self);
void fr_stage_set_error (FrStage *self, const char *message);
const char *fr_stage_get_error (FrStage *self);

/* Signal "cancel", "retry": asked for by the buttons beside the progress and the error. */

G_END_DECLS
