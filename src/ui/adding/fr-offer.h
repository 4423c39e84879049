/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What another program hands over by drag and drop or the clipboard: files, or the bytes of one picture as they are in
 * its file. They are never decoded here. */

#define FR_OFFER_MAX_SIZE (512 * 1024 * 1024)

#define FR_OFFER_ERROR (fr_offer_error_quark ())

typedef enum
{
  FR_OFFER_ERROR_ADDRESS_ONLY, /* of a picture in the web, which is never got */
} FrOfferError;

typedef struct
{
  GStrv paths;   /* nullable: files and folders */
  GBytes *bytes; /* nullable: else this */
} FrOffer;

GQuark fr_offer_error_quark (void);
void fr_offer_free (FrOffer *self);

GdkContentFormats *fr_offer_get_formats (void);
gboolean fr_offer_is_in (GdkContentFormats *formats);
GStrv fr_offer_paths_of_files (GListModel *files);

void fr_offer_read_drop_async (GdkDrop *drop, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void fr_offer_read_clipboard_async (GdkClipboard *clipboard, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data);
FrOffer *fr_offer_read_finish (gpointer source, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrOffer, fr_offer_free)

G_END_DECLS
