/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../overlay/overlay-chaos.h"
#include "fr-frame.h"
#include "fuzz-input.h"

/* The flooding engine with its neighbourhood: operations, and frames that are in the input as they are. */

#define RAW_FRAME 4 /* of so many operations, one */

const gsize fuzz_max_size = 4096;

static guint
choose_cb (gpointer input, guint bound)
{
  return fuzz_take_below (input, bound);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  FrOverlayConfig config;
  Chaos *chaos;

  if (fuzz_take_below (&input, 2) == 0)
    chaos_config_init_usual (&config);
  else
    chaos_config_init_tight (&config);
  chaos = chaos_new (&config, fuzz_take_byte (&input), choose_cb, &input);
  while (input.left > 0)
    if (fuzz_take_below (&input, RAW_FRAME) == 0)
      {
        gsize frame_size;
        const guint8 *frame = fuzz_take_bytes (&input, 1024, &frame_size);

        chaos_receive (chaos, frame, frame_size);
      }
    else
      chaos_step (chaos);
  chaos_end (chaos);
  chaos_free (chaos);
  return 0;
}
