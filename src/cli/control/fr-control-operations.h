/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-request.h"

G_BEGIN_DECLS

/* What can be asked for over the control socket: a function each, which reads the request's arguments and sees to it
 * that the request is answered. */

typedef void FrControlOperation (FrControlRequest *request);

FrControlOperation *fr_control_operation_find (const char *name);

/* fr-control-status.c */
FrControlOperation fr_control_status;
FrControlOperation fr_control_ready;
FrControlOperation fr_control_close_transfers;
FrControlOperation fr_control_watch;

/* fr-control-people.c */
FrControlOperation fr_control_people_list;
FrControlOperation fr_control_people_add;
FrControlOperation fr_control_people_remove;
FrControlOperation fr_control_people_rename;
FrControlOperation fr_control_people_accept;
FrControlOperation fr_control_people_decline;
FrControlOperation fr_control_people_block;
FrControlOperation fr_control_people_unblock;

/* fr-control-people-keys.c */
FrControlOperation fr_control_people_words;
FrControlOperation fr_control_people_checked;
FrControlOperation fr_control_people_unchecked;

/* fr-control-people-computers.c */
FrControlOperation fr_control_people_mine;
FrControlOperation fr_control_people_not_mine;
FrControlOperation fr_control_people_introduce;

/* fr-control-gallery.c */
FrControlOperation fr_control_gallery_add;
FrControlOperation fr_control_gallery_list;
FrControlOperation fr_control_gallery_search;
FrControlOperation fr_control_gallery_tag;
FrControlOperation fr_control_gallery_describe;
FrControlOperation fr_control_gallery_remove;
FrControlOperation fr_control_gallery_share;
FrControlOperation fr_control_gallery_metadata;

/* fr-control-check.c */
FrControlOperation fr_control_gallery_check;

/* fr-control-pack.c */
FrControlOperation fr_control_gallery_export;
FrControlOperation fr_control_gallery_import;

/* fr-control-original.c */
FrControlOperation fr_control_gallery_export_original;

/* fr-control-search.c */
FrControlOperation fr_control_search;

/* fr-control-newest.c */
FrControlOperation fr_control_newest;

/* fr-control-get.c */
FrControlOperation fr_control_get;

/* fr-control-transfers.c */
FrControlOperation fr_control_transfers_list;
FrControlOperation fr_control_transfers_pause;
FrControlOperation fr_control_transfers_resume;
FrControlOperation fr_control_transfers_retry;
FrControlOperation fr_control_transfers_cancel;
FrControlOperation fr_control_transfers_clear;

G_END_DECLS
