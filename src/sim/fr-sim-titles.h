/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What pictures are called, all over the network: a list of titles of words that are as frequent as words are (Zipf),
 * and which of them a search wants. Galleries hold numbers of titles, so that a search is compared with each title
 * once, not once a picture. */
typedef struct _FrSimTitles FrSimTitles;
typedef struct _FrSimQuestion FrSimQuestion;

#define FR_SIM_TITLES_WORDS 4096 /* that there are */
#define FR_SIM_TITLES_LENGTH 3   /* words a title */

FrSimTitles *fr_sim_titles_new (guint n_titles, GRand *rand);
void fr_sim_titles_free (FrSimTitles *self);

guint fr_sim_titles_add (FrSimTitles *self, const char *title);
guint fr_sim_titles_get_n (const FrSimTitles *self);
const char *fr_sim_titles_get (const FrSimTitles *self, guint title);
const char *fr_sim_titles_draw_word (FrSimTitles *self, GRand *rand);
char *fr_sim_titles_make_word (FrSimTitles *self, GRand *rand);

const FrSimQuestion *fr_sim_titles_ask (FrSimTitles *self, const char *words);
const char *fr_sim_question_get_words (const FrSimQuestion *self);
gboolean fr_sim_question_wants (const FrSimQuestion *self, guint title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSimTitles, fr_sim_titles_free)

G_END_DECLS
