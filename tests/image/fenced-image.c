/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib.h>
#include <seccomp.h>
#include <unistd.h>

/* Starts the real decoding process where some calls are refused from the start: namespaces, as in Flatpak, or even a
 * filter of its own (REFUSES_FILTER). */

static const int calls[] = {
#ifdef REFUSES_FILTER
  SCMP_SYS (seccomp),
#endif
  SCMP_SYS (unshare), SCMP_SYS (setns), SCMP_SYS (mount), SCMP_SYS (chroot), SCMP_SYS (pivot_root),
};

int
main (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), calls[i], 0) != 0)
      return 1;
#ifdef REFUSES_FILTER
  /* The older way to the same. */
  if (seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (prctl), 1, SCMP_A0 (SCMP_CMP_EQ, 22)) != 0)
    return 1;
#endif
  if (seccomp_load (filter) != 0)
    return 1;
  execl (FRESHET_IMAGE_PROGRAM, FRESHET_IMAGE_PROGRAM, NULL);
  return 1;
}
