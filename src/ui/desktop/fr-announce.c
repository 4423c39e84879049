/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-announce.h"

#include <gmodule.h>

#include "fr-announce-pace.h"

#define DESCRIBED_MS 5000 /* then the widget has its own description again */

/* Later versions of GTK have it; the priority is GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM. */
typedef void (*AnnounceFunc) (GtkAccessible *accessible, const char *message, int priority);
#define PRIORITY_MEDIUM 1

/* Of a window. */
typedef struct
{
  GtkWidget *window;    /* borrowed: it owns this */
  GtkWidget *described; /* weak */
  FrAnnouncePace pace;
  GSource *silence;
  GSource *turn; /* when what waits is said */
} Announcer;

static AnnounceFunc
find_announce (void)
{
  static gsize once;
  static AnnounceFunc announce;

  if (g_once_init_enter (&once))
    {
      GModule *program = g_module_open (NULL, 0);

      if (program != NULL)
        {
          g_module_symbol (program, "gtk_accessible_announce", (gpointer *) &announce);
          g_module_close (program);
        }
      g_once_init_leave (&once, 1);
    }
  return announce;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
call_after (guint interval_ms, GSourceFunc callback, gpointer data)
{
  GSource *source = g_timeout_source_new (interval_ms);

  g_source_set_callback (source, callback, data, NULL);
  g_source_attach (source, NULL);
  return source;
}

/* A tooltip is what GTK describes a widget by. */
static void
end_description (Announcer *self)
{
  const char *tooltip;

  clear_source (&self->silence);
  if (self->described == NULL)
    return;
  tooltip = gtk_widget_get_tooltip_text (self->described);
  if (tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->described), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->described), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  g_clear_weak_pointer (&self->described);
}

static gboolean
silence_cb (gpointer data)
{
  end_description (data);
  return G_SOURCE_REMOVE;
}

/* What a screen reader takes for the widget with the focus: an entry, not the text in it. */
static GtkWidget *
find_focus (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  while (focus != NULL && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (focus)) == GTK_ACCESSIBLE_ROLE_NONE)
    focus = gtk_widget_get_parent (focus);
  return focus != NULL ? focus : window;
}

static void
say (Announcer *self, const char *text)
{
  AnnounceFunc announce = find_announce ();

  if (announce != NULL)
    {
      announce (GTK_ACCESSIBLE (self->window), text, PRIORITY_MEDIUM);
      return;
    }
  end_description (self);
  g_set_weak_pointer (&self->described, find_focus (self->window));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->described), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  self->silence = call_after (DESCRIBED_MS, silence_cb, self);
}

static gboolean turn_cb (gpointer data);

static void
take_turn (Announcer *self)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autofree char *text = fr_announce_pace_take (&self->pace, now_us);
  gint64 deadline_us = fr_announce_pace_get_deadline (&self->pace);

  clear_source (&self->turn);
  if (text != NULL)
    say (self, text);
  if (deadline_us != G_MAXINT64)
    self->turn = call_after ((guint) (MAX (deadline_us - now_us, 0) / 1000) + 1, turn_cb, self);
}

static gboolean
turn_cb (gpointer data)
{
  take_turn (data);
  return G_SOURCE_REMOVE;
}

static void
announcer_free (gpointer data)
{
  Announcer *self = data;

  clear_source (&self->silence);
  clear_source (&self->turn);
  g_clear_weak_pointer (&self->described);
  fr_announce_pace_clear (&self->pace);
  g_free (self);
}

static Announcer *
get_announcer (GtkWidget *window)
{
  Announcer *self = g_object_get_data (G_OBJECT (window), "fr-announcer");

  if (self == NULL)
    {
      self = g_new0 (Announcer, 1);
      self->window = window;
      g_object_set_data_full (G_OBJECT (window), "fr-announcer", self, announcer_free);
    }
  return self;
}

static void
put (GtkWidget *widget, const char *text, gboolean is_progress)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Announcer *self;

  if (root == NULL)
    return;
  self = get_announcer (GTK_WIDGET (root));
  fr_announce_pace_put (&self->pace, text, is_progress);
  take_turn (self);
}

/**
 * fr_announce:
 * @widget: what it is about, in a window
 * @text: a sentence
 *
 * Has it read out at once.
 */
void
fr_announce (GtkWidget *widget, const char *text)
{
  put (widget, text, FALSE);
}

/**
 * fr_announce_progress:
 * @widget: what it is about, in a window
 * @text: a sentence, which the next one will replace
 *
 * Has it read out, unless another one comes first.
 */
void
fr_announce_progress (GtkWidget *widget, const char *text)
{
  put (widget, text, TRUE);
}
