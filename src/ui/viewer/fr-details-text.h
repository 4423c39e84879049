/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Facts about a picture in words. Pure, but for the time zone. */

char *fr_details_text_describe_kind (guint type);                       /* JPEG, Drawing; nullable: not known */
char *fr_details_text_describe_dimensions (guint width, guint height);  /* 1920 × 1080; nullable: not known */
char *fr_details_text_describe_time (gint64 us);                        /* 28 November 2026, 14:05; nullable: none */
char *fr_details_text_describe_day (guint day);                         /* days since 1970; nullable: not said */
char *fr_details_text_describe_duration (gint64 us);                    /* In 0.8 seconds; nullable: not known */

G_END_DECLS
