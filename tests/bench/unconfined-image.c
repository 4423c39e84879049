/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fr-image-confinement.h>

/* The decoding process without its confinement, to be measured against: the linker puts these two functions in the place
 * of the real ones (--wrap). */

void __wrap_fr_image_confinement_begin (void);
gboolean __wrap_fr_image_confinement_close (void);

void
__wrap_fr_image_confinement_begin (void)
{
}

gboolean
__wrap_fr_image_confinement_close (void)
{
  return TRUE;
}
