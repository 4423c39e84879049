/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-audience.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* Those contacts who may see a picture: a GListModel of FrPerson. What is for everyone is for all of them too, and what
 * is for oneself for none. Whoever was chosen and is a contact no more is not among them. */
GListModel *fr_contacts_new (FrPeople *people, FrAudience audience, GBytes *readers);

G_END_DECLS
