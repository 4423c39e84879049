/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What can go wrong with the pictures on disk. A store that has been closed answers %G_IO_ERROR_CLOSED. */

#define FR_STORE_ERROR (fr_store_error_quark ())

typedef enum
{
  FR_STORE_ERROR_LOCKED,      /* another Freshet uses this folder */
  FR_STORE_ERROR_NEWER,       /* made by a newer version */
  FR_STORE_ERROR_DAMAGED,     /* the catalogue is not one, or no longer */
  FR_STORE_ERROR_FULL,        /* no room on the disk, or the person's share of it is used up */
  FR_STORE_ERROR_IO,          /* the disk, or what is allowed on it */
  FR_STORE_ERROR_NOT_FOUND,   /* no such picture, person or file in the store */
  FR_STORE_ERROR_GONE,        /* the file to add is not there, or changes while it is read */
  FR_STORE_ERROR_NOT_A_FILE,  /* a folder, a link or a device */
  FR_STORE_ERROR_EMPTY,       /* no bytes */
  FR_STORE_ERROR_TOO_LARGE,   /* above a documented bound */
  FR_STORE_ERROR_BAD_TEXT,    /* a title, name or setting too long or not UTF-8 */
  FR_STORE_ERROR_BAD_SEARCH,  /* no word in it, too many, too long, or not UTF-8 */
  FR_STORE_ERROR_WRONG_BLOCK, /* bytes that are missing, or not what their hash says */
  FR_STORE_ERROR_THERE,       /* another picture of the store has these bytes already */
} FrStoreError;

GQuark fr_store_error_quark (void);

G_END_DECLS
