/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-doctor-page.h"
#include "fr-gallery-page.h"
#include "fr-network-page.h"
#include "fr-new-page.h"
#include "fr-people-page.h"
#include "fr-person-page.h"
#include "fr-search-page.h"
#include "fr-transfers.h"
#include "fr-viewer.h"

G_BEGIN_DECLS

/* The tabs, and over them what was opened: a search, a person, what is on its way, a picture. */

#define FR_TYPE_MAIN_VIEW (fr_main_view_get_type ())
G_DECLARE_FINAL_TYPE (FrMainView, fr_main_view, FR, MAIN_VIEW, AdwBin)

void fr_main_view_set_node (FrMainView *self, FrNode *node);
void fr_main_view_show_page (FrMainView *self, const char *name); /* a tab: "new", "pictures", "people" */
void fr_main_view_open_picture (FrMainView *self, GListModel *pictures, gpointer picture);
void fr_main_view_open_hits (FrMainView *self, GListModel *hits);
void fr_main_view_search (FrMainView *self);
void fr_main_view_show_wish (FrMainView *self, FrWish *wish); /* nullable */
void fr_main_view_open_person (FrMainView *self, FrPerson *person);
void fr_main_view_show_transfers (FrMainView *self);
void fr_main_view_show_network (FrMainView *self);
void fr_main_view_show_doctor (FrMainView *self, FrPerson *person); /* nullable */
void fr_main_view_back (FrMainView *self);
void fr_main_view_go_home (FrMainView *self);
void fr_main_view_take_focus (FrMainView *self);

FrNewPage *fr_main_view_get_new_page (FrMainView *self);
FrGalleryPage *fr_main_view_get_gallery_page (FrMainView *self);
FrSearchPage *fr_main_view_get_search_page (FrMainView *self);
FrPeoplePage *fr_main_view_get_people_page (FrMainView *self);
FrPersonPage *fr_main_view_get_person_page (FrMainView *self);
FrNetworkPage *fr_main_view_get_network_page (FrMainView *self);
FrDoctorPage *fr_main_view_get_doctor_page (FrMainView *self);
FrTransfers *fr_main_view_get_transfers (FrMainView *self); /* NULL without a node */
FrViewer *fr_main_view_get_viewer (FrMainView *self);
const char *fr_main_view_get_visible_name (FrMainView *self); /* "pages", "search", "person", "transfers", "network",
                                                                   "doctor", "viewer" */

/* Property "narrow" (boolean): of the window. Signal "message" (const char *text). */

G_END_DECLS
