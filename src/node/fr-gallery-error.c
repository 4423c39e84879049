/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-error.h"

#include <glib/gi18n-lib.h>

#include "fr-image-error.h"
#include "fr-store-error.h"

G_DEFINE_QUARK (fr-gallery-error-quark, fr_gallery_error)

static const char *const store_sentences[] = {
  [FR_STORE_ERROR_LOCKED] = N_ ("Another Freshet uses these pictures. Close it first."),
  [FR_STORE_ERROR_NEWER] = N_ ("These pictures belong to a newer version of Freshet. Update this one."),
  [FR_STORE_ERROR_DAMAGED] = N_ ("The list of your pictures is damaged. "
                                "Close Freshet and open it again, and it makes a new one."),
  [FR_STORE_ERROR_FULL] = N_ ("There is no room left on the disk. Make some, then try again."),
  [FR_STORE_ERROR_IO] = N_ ("The file or folder cannot be used. Check whether you may open it, and the disk it is on."),
  [FR_STORE_ERROR_NOT_FOUND] = N_ ("This picture is not in your gallery any more."),
  [FR_STORE_ERROR_GONE] = N_ ("The file is not there any more, or changed while it was read."),
  [FR_STORE_ERROR_NOT_A_FILE] = N_ ("This is not a file with a picture in it."),
  [FR_STORE_ERROR_EMPTY] = N_ ("The file is empty."),
  [FR_STORE_ERROR_TOO_LARGE] = N_ ("The file is too large. A picture may have up to 512 MiB."),
  [FR_STORE_ERROR_BAD_TEXT] = N_ ("The title, the description or the tags are too long. Make them shorter."),
  [FR_STORE_ERROR_BAD_SEARCH] = N_ ("Type a few words to search for."),
  [FR_STORE_ERROR_WRONG_BLOCK] = N_ ("The file of this picture is damaged. Add the picture once more."),
  [FR_STORE_ERROR_THERE] = N_ ("Your gallery has this picture a second time already, as it would be then."),
};

static const char *const image_sentences[FR_IMAGE_N_ERRORS] = {
  [FR_IMAGE_ERROR_NOT_A_PICTURE] = N_ ("This is not a picture of a kind that Freshet knows."),
  [FR_IMAGE_ERROR_UNSUPPORTED] = N_ ("This is not a picture of a kind that Freshet knows."),
  [FR_IMAGE_ERROR_TRUNCATED] = N_ ("The picture is damaged or incomplete."),
  [FR_IMAGE_ERROR_TOO_LARGE] = N_ ("The picture is too large. It may have up to 500 million pixels and 512 MiB."),
  [FR_IMAGE_ERROR_TOO_COSTLY] = N_ ("Showing this picture would take too much memory or time."),
  [FR_IMAGE_ERROR_CRASHED] = N_ ("The picture cannot be read. It may be damaged."),
  [FR_IMAGE_ERROR_BUSY] = N_ ("Too many pictures are being read now. Try again in a moment."),
  [FR_IMAGE_ERROR_NOT_LOSSLESS] = N_ ("The details of pictures of this kind cannot be removed without loss."),
};

static const char *
find_sentence (const GError *cause)
{
  if (cause->domain == FR_STORE_ERROR && (guint) cause->code < G_N_ELEMENTS (store_sentences))
    return store_sentences[cause->code];
  if (cause->domain == FR_IMAGE_ERROR && (guint) cause->code < G_N_ELEMENTS (image_sentences))
    return image_sentences[cause->code];
  return NULL;
}

/**
 * fr_gallery_error_new:
 * @cause: what the store, or what decodes pictures, reported
 *
 * Says it in words for people. What comes from the operating system and GLib (%G_IO_ERROR) keeps theirs.
 *
 * Returns: (transfer full): an error with the same domain and code
 */
GError *
fr_gallery_error_new (const GError *cause)
{
  const char *sentence;

  g_return_val_if_fail (cause != NULL, NULL);

  sentence = find_sentence (cause);
  return sentence != NULL ? g_error_new_literal (cause->domain, cause->code, _ (sentence)) : g_error_copy (cause);
}

/**
 * fr_gallery_return_error:
 * @task: what somebody waits for
 * @error: (transfer full): why it did not work
 *
 * Ends a task with that error, in words for people.
 */
void
fr_gallery_return_error (GTask *task, GError *error)
{
  g_autoptr (GError) cause = error;

  g_task_return_error (task, fr_gallery_error_new (cause));
}
