/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-application.h"
#include "fr-invitation-entry.h"
#include "fr-test-support.h"

G_BEGIN_DECLS

/* A window of a Freshet on a folder of its own, which talks to nobody beyond this computer. */

typedef struct
{
  FrWindow *window;
  char *folder;
} UiFixture;

void ui_fixture_open (UiFixture *self, const char *name, const char *server);
void ui_fixture_wait_for_page (UiFixture *self, const char *name);
void ui_fixture_wait_online (FrNode *node);
void ui_fixture_close_window (UiFixture *self);
void ui_fixture_close (UiFixture *self);

/* A Freshet without a window. */
FrNode *ui_fixture_open_node (const char *folder, const char *name, const char *server);
void ui_fixture_close_node (FrNode *node);
char *ui_fixture_serve (FrNode *node);

/* A small picture as a file: an SVG, which needs no encoder. */
char *ui_fixture_write_picture (const char *folder, const char *name);
char *ui_fixture_write_photograph (const char *folder, const char *name);

/* A window that is shown, such as a question; waits for it. */
GtkWindow *ui_fixture_find_window (GType type);
GtkWindow *ui_fixture_await_window (GType type);

/* How far adding somebody is. */
void ui_fixture_await_step (FrInvitationEntry *entry, FrAddingStep step);

/* Says who can see pictures, when that is asked. */
void ui_fixture_answer_audience (FrAudience audience, GBytes *readers);

/* Answers a question, as a click on a button does, which closes it too. */
void ui_fixture_respond (const char *response);

/* Lets what is shown settle. */
void ui_fixture_settle (void);

G_END_DECLS
