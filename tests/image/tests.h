/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-test-support.h"

#include <fr-image-client-private.h>
#include <fr-image-confinement.h>

/* The address space cannot be limited under this sanitizer. */
#if defined(__SANITIZE_ADDRESS__)
#define UNLIMITED_MEMORY TRUE
#else
#define UNLIMITED_MEMORY FALSE
#endif

/* Where the build puts the programs and pictures of these tests: see meson.build. */
char *test_fixture_path (const char *name);
int test_fixture_open (const char *name);
int test_fd_new (const void *data, gsize size);

/* One answer of a client, and waiting for it. */
typedef struct
{
  FrImageSummary *summary;
  FrImagePixels *pixels;
  FrImageFrames *frames;
  FrImageStripped *stripped;
  GError *error;
  gboolean done;
} TestAnswer;

void test_answer_clear (TestAnswer *self);
void test_answer_ask_summary (TestAnswer *self, FrImageClient *client, int fd, GCancellable *cancellable);
void test_answer_ask_pixels (TestAnswer *self, FrImageClient *client, int fd, guint width, guint height);
void test_answer_ask_small_pixels (TestAnswer *self, FrImageClient *client, int fd, guint width, guint height);
void test_answer_ask_part (TestAnswer *self, FrImageClient *client, int fd, const FrImagePart *part);
void test_answer_ask_frames (TestAnswer *self, FrImageClient *client, int fd, guint first, guint n, guint side);
void test_answer_ask_copy (TestAnswer *self, FrImageClient *client, int fd, GCancellable *cancellable);
void test_answer_wait (TestAnswer *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestAnswer, test_answer_clear)

void test_sniff_add (void);
void test_protocol_add (void);
void test_pixels_add (void);
void test_likeness_add (void);
void test_moving_add (void);
void test_part_add (void);
void test_pictures_add (void);
void test_bad_pictures_add (void);
void test_bombs_add (void);
void test_client_add (void);
void test_hostile_add (void);
void test_confinement_add (void);
void test_drawings_add (void);
void test_strip_exif_add (void);
void test_strip_jpeg_add (void);
void test_strip_png_add (void);
void test_strip_webp_add (void);
void test_strip_gif_add (void);
void test_strip_hostile_add (void);
void test_strip_client_add (void);
