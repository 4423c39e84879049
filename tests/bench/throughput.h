/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One picture from one process to another, both on this computer: by Freshet, and by as little as can do it. In each
 * pair of processes the asker dials, and measures from its request until the last byte is on disk. */

typedef struct
{
  const char *source;  /* a file of `size` bytes */
  const char *folder;  /* of the one whose process it is: a store, or just a folder */
  const char *content; /* what the source is called, for Freshet */
  guint64 size;
} Job;

typedef struct
{
  double seconds;  /* of the asker */
  double peak_mib; /* above what it needed when the session was open and at rest */
} Measure;

/* A run of one end; `wire` leads to the other. The holder's run ends when the asker has gone. */
typedef void (*RunFunc) (const Job *job, int wire, Measure *out_measure);

void bare_ask (const Job *job, int wire, Measure *out_measure);
void bare_hold (const Job *job, int wire, Measure *out_measure);
void freshet_ask (const Job *job, int wire, Measure *out_measure);
void freshet_hold (const Job *job, int wire, Measure *out_measure);
void freshet_prepare (const Job *job, char **out_content);

/* The wire: a datagram a description ("D…") or candidate ("C<section> …"), from any thread. */
typedef void (*WireFunc) (const char *description, guint section, const char *candidate, gpointer user_data);

void wire_send_description (int wire, const char *sdp);
void wire_send_candidate (int wire, guint section, const char *candidate);
void wire_listen (int wire, GMainLoop *loop, WireFunc func, gpointer user_data);

/* The memory of this process: how much, and the most since the last call of the second. */
double memory_mib (void);
void memory_reset_peak (void);
double memory_peak_mib (void);

void give_up (const char *what) G_GNUC_NORETURN;

G_END_DECLS
