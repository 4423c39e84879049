/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-qr.h"

#ifdef HAVE_QRENCODE

#include <qrencode.h>

#define QUIET_ZONE 4 /* modules on each side */
#define BLACK_ON_WHITE "\033[30;107m"
#define AS_BEFORE "\033[0m"

static gboolean
is_dark (const QRcode *code, int x, int y)
{
  return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1) != 0;
}

/* Two modules, one over the other, are a character. */
char *
fr_cli_qr_new (const char *text, gboolean colours)
{
  static const char *const blocks[] = { " ", "\342\226\200", "\342\226\204", "\342\226\210" };
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_L);
  g_autoptr (GString) lines = g_string_new (NULL);

  if (code == NULL)
    return NULL;
  for (int y = -QUIET_ZONE; y < code->width + QUIET_ZONE; y += 2)
    {
      g_string_append (lines, colours ? BLACK_ON_WHITE : "");
      for (int x = -QUIET_ZONE; x < code->width + QUIET_ZONE; x++)
        g_string_append (lines, blocks[is_dark (code, x, y) + 2 * is_dark (code, x, y + 1)]);
      g_string_append (lines, colours ? AS_BEFORE "\n" : "\n");
    }
  QRcode_free (code);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

#else

char *
fr_cli_qr_new (const char *text, gboolean colours)
{
  return NULL;
}

#endif
