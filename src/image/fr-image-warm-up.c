/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-warm-up.h"

#include "fr-image-encode.h"
#include "fr-image-picture.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* 16 by 16 pixels of one colour in each kind of picture, in base64. */
static const char *const samples[] = {
  /* JPEG; the drawing below holds it and the next */
  "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARES"
  "EhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABADASIAAhEB"
  "AxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB"
  "kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT"
  "lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEB"
  "AQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk"
  "NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmq"
  "srO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDMooornPpT/9k=",
  /* PNG */
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAFklEQVQokWM4oWFDEmIY1TCqYfhq"
  "AAAKBCwQh6B42gAAAABJRU5ErkJggg==",
  /* WebP */
  "UklGRgQBAABXRUJQVlA4WAoAAAAIAAAADwAADwAAVlA4ICQAAABwAQCdASoQABAABUB8JaACdAFAAAD+5AEIw0a/7g/UH8QTwABFWElG"
  "ugAAAEV4aWYAAElJKgAIAAAABgASAQMAAQAAAAEAAAAaAQUAAQAAAFYAAAAbAQUAAQAAAF4AAAAoAQMAAQAAAAIAAAATAgMAAQAAAAEA"
  "AABphwQAAQAAAGYAAAAAAAAAOGMAAOgDAAA4YwAA6AMAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEA"
  "AAD//wAAAqAEAAEAAAAQAAAAA6AEAAEAAAAQAAAAAAAAAA==",
  /* GIF */
  "R0lGODlhEAAQAIAAAEdwTMgoPCH/C05FVFNDQVBFMi4wAwEAAAAh+QQFAAAAACwAAAAAEAAQAAACDoyPqcvtD6OctNqLsz4FADs=",
  /* HEIF */
  "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5w"
  "aXRtAAAAAAACAAAAEGlkYXQAAAAAABAAEAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAJgACAAEAAAAAAAAAAQAAAAAA"
  "AAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAA"
  "dmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAAD"
  "AB6gIIEFluqumubgQEDAgAAAAwCAAAADAIQiAAEABkQBwXPBiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAEAAAABAA"
  "AAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAAC5tZGF0AAAA"
  "IigBrwQSE0zg+OnCaD/RA/MJV4g8n7SrK+NJn3exGJKp/6A=",
  /* AVIF */
  "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5w"
  "aXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAHAAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEA"
  "AAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAQAAAAEAAAABBwaXhpAAAA"
  "AAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAACRtZGF0EgAKCRgM/9ggQEDQgDINHkA////EAACpRpETuA==",
  /* TIFF */
  "SUkqAB4AAAB4nDuhYcNACjgxqn5U/TBSDwDcsxLBEAAAAQMAAQAAABAAAAABAQMAAQAAABAAAAACAQMAAwAAAPQAAAADAQMAAQAAAAgA"
  "AAAGAQMAAQAAAAIAAAARAQQAAQAAAAgAAAASAQMAAQAAAAEAAAAVAQMAAQAAAAMAAAAWAQMAAQAAAIAAAAAXAQQAAQAAABYAAAAaAQUA"
  "AQAAAOQAAAAbAQUAAQAAAOwAAAAcAQMAAQAAAAEAAAAoAQMAAQAAAAMAAAA9AQMAAQAAAAIAAABTAQMAAwAAAPoAAAAAAAAACgAAAAEA"
  "AAAKAAAAAQAAAAgACAAIAAEAAQABAA==",
};

/* A drawing loads more than others: fonts for its words, and loaders for the pictures inside it. */
#define DRAWING                                                                                              \
  "<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'>"                                          \
  "<filter id='f'><feGaussianBlur stdDeviation='1'/></filter>"                                               \
  "<rect width='9' height='9' filter='url(#f)'/><text y='9'>Aa</text>"                                       \
  "<image width='9' height='9' href='data:image/jpeg;base64,%s'/>"                                           \
  "<image width='9' height='9' href='data:image/png;base64,%s'/></svg>"

/* Whatever is asked for later has then been done once. */
static gboolean
decode (int fd)
{
  g_auto (FrImagePicture) picture = { 0 };
  g_autoptr (GBytes) thumbnail = NULL;
  g_autoptr (GBytes) preview = NULL;
  VipsImage *image;
  int pixels;

  if (!fr_image_picture_open (&picture, fd, NULL))
    return FALSE;
  image = fr_image_picture_decode (&picture, 8, 8, NULL);
  if (image == NULL)
    return FALSE;
  thumbnail = fr_image_encode_thumbnail (image);
  preview = fr_image_encode_preview (image);
  pixels = fr_image_encode_pixels (image);
  g_object_unref (image);
  if (pixels >= 0)
    close (pixels);
  return thumbnail != NULL && preview != NULL && pixels >= 0;
}

static gboolean
decode_bytes (const void *data, gsize size)
{
  int fd = memfd_create ("freshet-sample", MFD_CLOEXEC);
  gboolean decoded;

  if (fd < 0)
    return FALSE;
  decoded = write (fd, data, size) == (gssize)size && decode (fd);
  close (fd);
  return decoded;
}

/**
 * fr_image_warm_up:
 *
 * Decodes and encodes a small picture of each kind, so that every library is loaded and every file that these
 * want is open. Of a kind that this computer's libraries do not read there is nothing to be warmed.
 */
void
fr_image_warm_up (void)
{
  g_autofree char *drawing = g_strdup_printf (DRAWING, samples[0], samples[1]);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gsize size;
      g_autofree guchar *data = g_base64_decode (samples[i], &size);

      if (!decode_bytes (data, size))
        g_debug ("sample %u cannot be read", i);
    }
  decode_bytes (drawing, strlen (drawing));
}
