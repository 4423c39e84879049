/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Which call that writes goes wrong, and how. What the test says to the shim comes in the environment; what the shim
 * says to the test is a small file that both map. Plain C: this runs inside of calls that GLib makes. */

#define FAULT_FOLDER_VARIABLE "FRESHET_FAULT_FOLDER" /* absolute, without links: what is watched */
#define FAULT_SHADOW_VARIABLE "FRESHET_FAULT_SHADOW" /* absolute, outside of it, on the same file system */
#define FAULT_KIND_VARIABLE "FRESHET_FAULT_KIND"     /* a number of FaultKind */
#define FAULT_AT_VARIABLE "FRESHET_FAULT_AT"         /* from 1; 0: never */
#define FAULT_GAP_VARIABLE "FRESHET_FAULT_GAP"       /* so many calls after an error the process ends; 0: never */
#define FAULT_TRACE_VARIABLE "FRESHET_FAULT_TRACE"   /* if set: every counted call on the standard error output */

typedef enum
{
  FAULT_NONE,
  FAULT_KILL,        /* the process ends before the call */
  FAULT_KILL_AFTER,  /* after it; of a write, half is done */
  FAULT_IO_ONCE,     /* EIO */
  FAULT_IO_ON,       /* EIO, and from then on */
  FAULT_FULL_ONCE,   /* ENOSPC */
  FAULT_FULL_ON,
  FAULT_N_KINDS,
} FaultKind;

#define FAULT_COUNTS_NAME "counts"

typedef struct
{
  uint32_t n_calls; /* that write, beneath the folder */
  uint32_t fired;   /* whether the n-th was reached */
  char name[32];    /* of the call that went wrong */
} FaultCounts;

typedef enum
{
  FAULT_PASS,
  FAULT_FAIL,      /* errno is set */
  FAULT_DIE_AFTER, /* do it by half, then fault_die() */
} FaultVerdict;

const char *fault_get_folder (void); /* NULL: nothing is watched */
const char *fault_get_shadow (void);
FaultVerdict fault_judge (const char *name, const char *path);
void fault_die (void) __attribute__ ((noreturn));
