/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-audience.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* Asks who may see pictures. Where nothing has been said before nothing is proposed either: there is no answer until the
 * person has chosen one. */

typedef struct
{
  const char *heading;
  const char *note;    /* nullable: what else there is to know before the answer */
  const char *accept;  /* what the button for it says */
  gboolean has_answer; /* one is proposed: the two below */
  FrAudience audience;
  GBytes *readers; /* nullable */
} FrAudienceQuestion;

#define FR_TYPE_AUDIENCE_DIALOG (fr_audience_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FrAudienceDialog, fr_audience_dialog, FR, AUDIENCE_DIALOG, AdwWindow)

void fr_audience_dialog_ask_async (GtkWidget *widget, FrPeople *people, const FrAudienceQuestion *question,
                                   GAsyncReadyCallback callback, gpointer data);
gboolean fr_audience_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result, FrAudience *out_audience,
                                        GBytes **out_readers);

/* As if it were clicked. */
void fr_audience_dialog_choose (FrAudienceDialog *self, FrAudience audience, GBytes *readers);
gboolean fr_audience_dialog_get_answer (FrAudienceDialog *self, FrAudience *out_audience, GBytes **out_readers);

/* Action "audience.accept": the answer is given; disabled while there is none. */

G_END_DECLS
