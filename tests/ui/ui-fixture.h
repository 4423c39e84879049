/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-application.h"
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

/* Lets what is shown settle. */
void ui_fixture_settle (void);

G_END_DECLS
