/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-notice-bar.h"

#include "fr-announce.h"
#include "fr-notice-text.h"
#include "fr-wrap-layout.h"

struct _FrNoticeBar
{
  AdwBin parent_instance;

  /* template widgets */
  GtkInfoBar *bar;
  GtkOrientable *box;
  GtkLabel *label;
  GtkWidget *buttons;
  GtkWidget *why_button;
  GtkWidget *remedy_button;
  GtkWidget *retry_button;
  GtkWidget *close_button;

  /* owned */
  FrNode *node;
  char *dismissed; /* nullable: an address that somebody else has, and the person knows that */
  char *said;      /* nullable: what was read out last */
  GSource *timer;

  /* state */
  FrNoticePace pace;
  gboolean narrow;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrNoticeBar, fr_notice_bar, ADW_TYPE_BIN)

static void update (FrNoticeBar *self);

static gboolean
timer_cb (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
run_timer (FrNoticeBar *self, gboolean is_wanted)
{
  if (is_wanted == (self->timer != NULL))
    return;
  if (is_wanted)
    {
      self->timer = g_timeout_source_new (1000);
      g_source_set_callback (self->timer, timer_cb, self, NULL);
      g_source_attach (self->timer, NULL);
      return;
    }
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static FrNoticeFacts
gather_facts (FrNoticeBar *self)
{
  const GError *error = fr_node_get_error (self->node);

  return (FrNoticeFacts){ .state = fr_node_get_state (self->node),
                          .error = error != NULL ? error->message : NULL,
                          .wait_us = fr_node_get_retry_at_us (self->node) - g_get_monotonic_time (),
                          .taken = fr_node_get_taken_address (self->node),
                          .address = fr_node_get_address (self->node),
                          .dismissed = self->dismissed };
}

/* Once each; the seconds are not read out. */
static void
say (FrNoticeBar *self, const char *text)
{
  if (g_strcmp0 (text, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_strdup (text);
  if (*text != '\0')
    fr_announce (GTK_WIDGET (self), text);
}

static void
show_notice (FrNoticeBar *self, FrNotice notice, const FrNoticeFacts *facts)
{
  g_autofree char *text = fr_notice_text_describe (notice, facts);
  g_autofree char *count_down = fr_notice_text_count_down (notice, facts);
  g_autofree char *both = g_strjoin (*count_down != '\0' ? " " : "", text, count_down, NULL);
  const char *remedy = fr_notice_text_get_remedy (notice);

  if (remedy != NULL)
    gtk_button_set_label (GTK_BUTTON (self->remedy_button), remedy);
  gtk_widget_set_visible (self->remedy_button, remedy != NULL);
  gtk_widget_set_visible (self->why_button, notice == FR_NOTICE_LOST || notice == FR_NOTICE_UNUSABLE);
  gtk_widget_set_visible (self->retry_button, notice == FR_NOTICE_LOST);
  gtk_widget_set_visible (self->close_button, notice == FR_NOTICE_NAME_TAKEN);
  gtk_info_bar_set_message_type (self->bar, notice == FR_NOTICE_UNUSABLE ? GTK_MESSAGE_WARNING : GTK_MESSAGE_INFO);
  if (notice != FR_NOTICE_NONE) /* while it goes away it still says what it said */
    gtk_label_set_label (self->label, both);
  gtk_info_bar_set_revealed (self->bar, notice != FR_NOTICE_NONE);
  say (self, text);
}

static void
update (FrNoticeBar *self)
{
  FrNoticeFacts facts = gather_facts (self);
  FrNotice notice = fr_notice_text_choose (&facts);

  if (fr_notice_pace_step (&self->pace, notice, g_get_monotonic_time ()) == notice)
    show_notice (self, notice, &facts);
  run_timer (self, self->pace.shown != notice || notice == FR_NOTICE_LOST);
}

/* Who asks for a try sees at once that it is made. */
static void
retry_clicked_cb (FrNoticeBar *self)
{
  fr_node_retry_server (self->node);
  self->pace.next_since_us = 0;
  update (self);
}

static void
close_clicked_cb (FrNoticeBar *self)
{
  g_free (self->dismissed);
  self->dismissed = g_strdup (fr_node_get_taken_address (self->node));
  update (self);
}

static void
set_narrow (FrNoticeBar *self, gboolean narrow)
{
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  gtk_orientable_set_orientation (self->box, narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
fr_notice_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrNoticeBar *self = FR_NOTICE_BAR (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_notice_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrNoticeBar *self = FR_NOTICE_BAR (object);

  switch (id)
    {
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_notice_bar_dispose (GObject *object)
{
  FrNoticeBar *self = FR_NOTICE_BAR (object);

  run_timer (self, FALSE);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_NOTICE_BAR);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_notice_bar_parent_class)->dispose (object);
}

static void
fr_notice_bar_finalize (GObject *object)
{
  g_free (FR_NOTICE_BAR (object)->dismissed);
  g_free (FR_NOTICE_BAR (object)->said);
  G_OBJECT_CLASS (fr_notice_bar_parent_class)->finalize (object);
}

static void
fr_notice_bar_class_init (FrNoticeBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_notice_bar_get_property;
  object_class->set_property = fr_notice_bar_set_property;
  object_class->dispose = fr_notice_bar_dispose;
  object_class->finalize = fr_notice_bar_finalize;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-notice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, bar);
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, box);
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, label);
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, why_button);
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, remedy_button);
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FrNoticeBar, close_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
}

static void
fr_notice_bar_init (FrNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* three of them do not fit beside each other at 360 pixels */
  gtk_widget_set_layout_manager (self->buttons, fr_wrap_layout_new (6));
}

/**
 * fr_notice_bar_set_node:
 * @self: a bar
 * @node: whom it is about; once
 */
void
fr_notice_bar_set_node (FrNoticeBar *self, FrNode *node)
{
  g_set_object (&self->node, node);
  g_signal_connect_object (node, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::address", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::error-message", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * fr_notice_bar_get_text:
 * @self: a bar
 *
 * Returns: (nullable): what is shown; %NULL while all is well
 */
const char *
fr_notice_bar_get_text (FrNoticeBar *self)
{
  return gtk_info_bar_get_revealed (self->bar) ? gtk_label_get_label (self->label) : NULL;
}
