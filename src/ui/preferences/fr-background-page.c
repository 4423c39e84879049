/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-background-page.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-background.h"
#include "fr-settings.h"

struct _FrBackgroundPage
{
  AdwPreferencesPage parent_instance;

  /* template widgets */
  GtkWidget *window_group;
  GtkSwitch *keep_switch;
  GtkSwitch *login_switch;
  GtkWidget *refusal;
  GtkLabel *refusal_label;
  GtkSwitch *requests_switch;
  GtkSwitch *pictures_switch;
  GtkSwitch *wishes_switch;

  /* owned */
  GSettings *settings; /* nullable */
  GCancellable *cancellable;

  /* state */
  guint is_showing : 1; /* the switches are set by us */
};

G_DEFINE_FINAL_TYPE (FrBackgroundPage, fr_background_page, ADW_TYPE_PREFERENCES_PAGE)

static gboolean
keeps_sharing (FrBackgroundPage *self)
{
  g_autofree char *keep_sharing = g_settings_get_string (self->settings, FR_SETTING_KEEP_SHARING);

  return g_str_equal (keep_sharing, "yes");
}

/* One on a folder of its own ends with its window, and is not the one that is started at login. */
static gboolean
is_usual (void)
{
  GApplication *application = g_application_get_default ();

  return application == NULL || !(g_application_get_flags (application) & G_APPLICATION_NON_UNIQUE);
}

/* How it is, as others may have changed it. */
static void
show (FrBackgroundPage *self)
{
  gtk_widget_set_visible (self->window_group, is_usual ());
  if (self->settings == NULL)
    return;
  self->is_showing = TRUE;
  gtk_switch_set_active (self->keep_switch, keeps_sharing (self));
  gtk_switch_set_active (self->login_switch, fr_background_get_at_login ());
  self->is_showing = FALSE;
}

static void
set_refusal (FrBackgroundPage *self, const char *text)
{
  gtk_label_set_label (self->refusal_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->refusal, text != NULL);
  if (text != NULL)
    fr_announce (GTK_WIDGET (self), text);
}

/* Both switches are one question to the desktop, and both are set by its answer. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrBackgroundPage) self = data;
  g_autoptr (GError) error = NULL;
  FrBackgroundLeave leave = { FALSE, FALSE };
  gboolean keeps, at_login;

  fr_background_ask_finish (result, &leave, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->settings == NULL)
    return;
  keeps = gtk_switch_get_active (self->keep_switch);
  at_login = gtk_switch_get_active (self->login_switch);
  if ((keeps && !leave.goes_on) || (at_login && !leave.at_login))
    set_refusal (self, _ ("Your desktop does not allow it. You can change that in its settings."));
  g_settings_set_string (self->settings, FR_SETTING_KEEP_SHARING, keeps && leave.goes_on ? "yes" : "no");
  g_settings_set_boolean (self->settings, FR_SETTING_OPEN_AT_LOGIN, leave.at_login);
  show (self);
}

static void
switched_cb (FrBackgroundPage *self)
{
  if (self->is_showing || self->settings == NULL)
    return;
  g_cancellable_cancel (self->cancellable); /* an older question */
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_refusal (self, NULL);
  fr_background_ask_async (gtk_switch_get_active (self->login_switch), self->cancellable, asked_cb,
                           g_object_ref (self));
}

static void
fr_background_page_dispose (GObject *object)
{
  FrBackgroundPage *self = FR_BACKGROUND_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_BACKGROUND_PAGE);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (fr_background_page_parent_class)->dispose (object);
}

static void
fr_background_page_class_init (FrBackgroundPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_background_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-background-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, window_group);
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, keep_switch);
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, login_switch);
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, refusal);
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, requests_switch);
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, pictures_switch);
  gtk_widget_class_bind_template_child (widget_class, FrBackgroundPage, wishes_switch);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
}

static void
fr_background_page_init (FrBackgroundPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = fr_settings_open ();
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->settings != NULL);
  if (self->settings == NULL)
    return;
  g_settings_bind (self->settings, FR_SETTING_TELL_REQUESTS, self->requests_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, FR_SETTING_TELL_PICTURES, self->pictures_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, FR_SETTING_TELL_WISHES, self->wishes_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::" FR_SETTING_KEEP_SHARING, G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "map", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
