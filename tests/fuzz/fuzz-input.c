/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-input.h"

#include <string.h>

guint
fuzz_take_byte (FuzzInput *self)
{
  if (self->left == 0)
    return 0;
  self->left--;
  return *self->at++;
}

guint32
fuzz_take_number (FuzzInput *self)
{
  guint32 number = 0;

  for (guint i = 0; i < sizeof number; i++)
    number = number << 8 | fuzz_take_byte (self);
  return number;
}

/* From 0 to bound - 1, of as few bytes as that takes: so that a changed byte changes one thing. */
guint
fuzz_take_below (FuzzInput *self, guint bound)
{
  if (bound <= 1)
    return 0;
  if (bound <= 256)
    return fuzz_take_byte (self) % bound;
  if (bound <= 65536)
    {
      guint high = fuzz_take_byte (self);

      return (high << 8 | fuzz_take_byte (self)) % bound;
    }
  return fuzz_take_number (self) % bound;
}

/* A length, and so many bytes or as many as there are. */
const guint8 *
fuzz_take_bytes (FuzzInput *self, gsize max, gsize *out_size)
{
  gsize size = fuzz_take_below (self, (guint) max + 1);
  const guint8 *bytes = self->at;

  size = MIN (size, self->left);
  self->at += size;
  self->left -= size;
  *out_size = size;
  return bytes;
}

char *
fuzz_take_text (FuzzInput *self, gsize max)
{
  gsize size;
  const guint8 *bytes = fuzz_take_bytes (self, max, &size);

  return fuzz_text (bytes, size);
}

char *
fuzz_text (const guint8 *data, gsize size)
{
  return g_strndup ((const char *) data, size);
}

/* What the build has for this target; nullable. */
const char *
fuzz_get_dictionary (void)
{
#ifdef FUZZ_DICTIONARY
  return FUZZ_DICTIONARY;
#else
  return NULL;
#endif
}

static gboolean
has_flag (int argc, char **argv, const char *flag)
{
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], flag))
      return TRUE;
  return FALSE;
}

char **fuzz_command_line;

/* libFuzzer calls this first; it is told how long inputs may be, and of the dictionary, in its command line only. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  char **extended = g_new0 (char *, *argc + 3);
  int n = *argc;

  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  memcpy (extended, *argv, (gsize) n * sizeof *extended);
  if (!has_flag (*argc, *argv, "-max_len="))
    extended[n++] = g_strdup_printf ("-max_len=%" G_GSIZE_FORMAT, fuzz_max_size);
  if (fuzz_get_dictionary () != NULL && !has_flag (*argc, *argv, "-dict="))
    extended[n++] = g_strconcat ("-dict=", fuzz_get_dictionary (), NULL);
  *argc = n;
  *argv = fuzz_command_line = extended;
  return 0;
}
