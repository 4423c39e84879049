/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-main-view-private.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-wish-text.h"

/* What happens while the pages are shown: numbers on the tabs, and messages. */

static void
other_program_cb (FrMainView *self, const char *address)
{
  /* Translators: the address of a person */
  g_autofree char *text = g_strdup_printf (_ ("“%s” is using another program. Ask them to use Freshet."), address);

  fr_main_view_say (self, text);
}

/* Whoever looks at it, in the viewer or in the list, is told there. */
static void
transfer_ended_cb (FrMainView *self, GObject *transfer)
{
  g_autofree char *text = NULL;
  FrTransferFacts facts;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || g_str_equal (fr_main_view_get_visible_name (self), "viewer"))
    return;
  fr_transfers_gather (transfer, &facts);
  text = fr_transfer_text_announce (&facts);
  if (text != NULL)
    fr_announce (GTK_WIDGET (self), text);
}

static void
fresh_cb (FrMainView *self, GParamSpec *pspec, FrNewest *newest)
{
  guint n = fr_newest_get_n_fresh (newest);

  adw_view_stack_page_set_badge_number (fr_main_view_get_new_tab (self), n);
  adw_view_stack_page_set_needs_attention (fr_main_view_get_new_tab (self), n > 0);
}

/* Somebody waits at the door: that is told on whatever page the person is, once, and marked until they have answered. On
 * the start page their message is there, and among the people their row. */
static void
asking_cb (FrMainView *self, GParamSpec *pspec, FrPeople *people)
{
  AdwViewStackPage *tab = fr_main_view_get_people_tab (self);
  guint n = fr_people_get_n_asking (people);

  if (n > adw_view_stack_page_get_badge_number (tab) && gtk_widget_get_mapped (GTK_WIDGET (self))
      && !gtk_widget_get_mapped (GTK_WIDGET (fr_main_view_get_new_page (self)))
      && !gtk_widget_get_mapped (GTK_WIDGET (fr_main_view_get_people_page (self))))
    fr_main_view_say (self, _ ("Someone would like to connect"));
  adw_view_stack_page_set_badge_number (tab, n);
  adw_view_stack_page_set_needs_attention (tab, n > 0);
}

/* Where nobody looks a notification tells it, and on the start page a message. */
static void
found_cb (FrMainView *self, FrWish *wish)
{
  g_autofree char *text = fr_wish_text_say_found (fr_wish_get_words (wish));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !gtk_widget_get_mapped (GTK_WIDGET (fr_main_view_get_new_page (self))))
    fr_main_view_say (self, text);
}

/* For the pages: from now on it is told. */
void
fr_main_view_watch (FrMainView *self, FrNode *node)
{
  FrNewest *newest = fr_node_get_newest (node);

  g_signal_connect_object (newest, "notify::n-fresh", G_CALLBACK (fresh_cb), self, G_CONNECT_SWAPPED);
  fresh_cb (self, NULL, newest);
  g_signal_connect_object (fr_node_get_people (node), "notify::n-asking", G_CALLBACK (asking_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fr_node_get_wishes (node), "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fr_main_view_get_transfers (self), "ended", G_CALLBACK (transfer_ended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "trouble", G_CALLBACK (fr_main_view_say), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "other-program", G_CALLBACK (other_program_cb), self, G_CONNECT_SWAPPED);
}
