/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-picture-actions.h"
#include "fr-vanishing.h"
#include "fr-viewer-bar.h"
#include "fr-viewer.h"

G_BEGIN_DECLS

/* The viewer in parts: the picture and its list, how it is arranged, what can be done with the picture, and its keys. */

struct _FrViewer
{
  AdwBin parent_instance;

  /* template widgets */
  AdwLeaflet *leaflet;
  AdwFlap *top;
  AdwFlap *bottom;
  AdwHeaderBar *header_bar;
  AdwWindowTitle *title;
  GtkMenuButton *menu_button;
  GtkButton *fullscreen_button;
  FrViewerBar *bar;
  GtkStack *stack;
  FrCanvas *canvas;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkWidget *zoom_box;
  GtkWidget *smaller_button;
  GtkWidget *larger_button;
  GtkWidget *percent_button;
  GtkLabel *percent;
  GtkButton *play_button;
  GtkWidget *gone_button;
  FrDetails *details;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  FrVeil *veil;
  GListModel *pictures; /* where it was opened */
  GSignalGroup *pictures_signals;
  FrViewedPicture *picture; /* nullable */
  GSignalGroup *picture_signals;
  FrVanishing *vanishing;
  FrPictureActions *picture_actions;
  GSettings *settings; /* nullable */

  char *failed_action; /* nullable: what could not be done with it outside of Freshet, and why */
  char *failed_text;

  /* state */
  guint position;             /* of the picture */
  guint is_narrow : 1;
  guint is_fullscreen : 1;
  guint wants_details : 1;    /* beside the picture, where there is room */
  guint is_gone : 1;          /* what is shown is not there any more */
};

void fr_viewer_update (FrViewer *self); /* what is known of the picture */
void fr_viewer_keep_focus (FrViewer *self);
void fr_viewer_tell (FrViewer *self, const char *text);

/* Walking */
void fr_viewer_set_picture (FrViewer *self, FrViewedPicture *picture);
void fr_viewer_show_position (FrViewer *self, guint position);
void fr_viewer_pictures_changed_cb (FrViewer *self, guint position, guint removed, guint added);
void fr_viewer_walk_action (GtkWidget *widget, const char *action, GVariant *parameter);
void fr_viewer_reopen (FrViewer *self, const FrContentId *id); /* the same picture is another file now */
void fr_viewer_skip (FrViewer *self);                          /* what is gone */

/* Arranging */
gboolean fr_viewer_get_details_shown (FrViewer *self);
void fr_viewer_set_details_shown (FrViewer *self, gboolean is_shown);
void fr_viewer_set_narrow (FrViewer *self, gboolean is_narrow);
void fr_viewer_arrange (FrViewer *self);
void fr_viewer_arranged_cb (FrViewer *self);
void fr_viewer_fullscreened_cb (FrViewer *self, GParamSpec *pspec, GtkWindow *window);
void fr_viewer_revealed_cb (FrViewer *self);
void fr_viewer_fullscreen_action (GtkWidget *widget, const char *action, GVariant *parameter);
void fr_viewer_edit_title_action (GtkWidget *widget, const char *action, GVariant *parameter);
gboolean fr_viewer_step_back (FrViewer *self); /* within the viewer */

/* Moving pictures */
void fr_viewer_update_moving (FrViewer *self);
void fr_viewer_moving_cb (FrViewer *self);
void fr_viewer_mapped_cb (FrViewer *self);
void fr_viewer_play_action (GtkWidget *widget, const char *action, GVariant *parameter);

/* Handing out */
void fr_viewer_drag_attach (FrViewer *self);
GPtrArray *fr_viewer_list_whole (GtkWidget *viewer, FrNode **out_node);

void fr_viewer_fail (FrViewer *self, const char *action, const char *text);
void fr_viewer_class_install_picture_actions (GtkWidgetClass *widget_class);
void fr_viewer_update_picture_actions (FrViewer *self);
void fr_viewer_class_add_keys (GtkWidgetClass *widget_class);

G_END_DECLS
