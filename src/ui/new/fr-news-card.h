/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"
#include "fr-wishes.h"

G_BEGIN_DECLS

/* What somebody wants to hear an answer to: one message at a time, above the pictures. Nothing is shown while there is
 * none. */

#define FR_TYPE_NEWS_CARD (fr_news_card_get_type ())
G_DECLARE_FINAL_TYPE (FrNewsCard, fr_news_card, FR, NEWS_CARD, AdwBin)

void fr_news_card_set_people (FrNewsCard *self, FrPeople *people, FrWishes *wishes); /* once */
guint fr_news_card_get_n (FrNewsCard *self);
const char *fr_news_card_get_text (FrNewsCard *self);
void fr_news_card_take_focus (FrNewsCard *self);

/* Property "narrow" (boolean): in a narrow window. Actions "news.accept", "news.decline", "news.show",
 * "news.close", "news.next". Signal "show-wish" (FrWish *wish).
 * Signal "emptied": the last message has gone, and the focus was on it. */

G_END_DECLS
