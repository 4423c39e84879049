/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "fr-application-keys.h"
#include "fr-help-window.h"

struct _FrApplication
{
  AdwApplication parent_instance;

  /* owned: the command line */
  char *data;
  char *name;
  char *server;
  char *stun;
  gboolean background;

  /* owned: what is heard of the end that others wish for */
  GSource *end_signals[2];
};

G_DEFINE_FINAL_TYPE (FrApplication, fr_application, ADW_TYPE_APPLICATION)

static FrWindow *
get_window (FrApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (; windows != NULL; windows = windows->next)
    if (FR_IS_WINDOW (windows->data))
      return windows->data;
  return NULL;
}

static FrWindow *
make_window (FrApplication *self)
{
  FrNodeOptions options = { .folder = self->data, .name = self->name, .server = self->server, .stun = self->stun };
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "freshet", NULL);
  FrWindow *window = get_window (self);

  if (window == NULL)
    {
      if (options.folder == NULL)
        options.folder = usual;
      window = fr_window_new (GTK_APPLICATION (self));
      fr_window_open (window, &options);
    }
  return window;
}

static FrWindow *
open_window (FrApplication *self)
{
  FrWindow *window = make_window (self);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Actions */

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrWindow *window = get_window (data);

  if (window != NULL)
    fr_window_quit (window);
  else
    g_application_quit (data);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (gtk_application_get_active_window (data), "application-name", "Freshet", "application-icon",
                         FR_APP_ID, "version", FR_VERSION, "developer-name", _ ("The Freshet developers"),
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Pictures straight from one person's computer to another's."),
                         /* Translators: your names, one a line */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  if (window != NULL)
    fr_help_window_present (window, parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
}

/* What notifications lead to */

static FrPeople *
find_person (FrApplication *self, GVariant *parameter, FrPerson **out_person)
{
  FrWindow *window = get_window (self);
  FrNode *node = window != NULL ? fr_window_get_node (window) : NULL;
  FrPeerKey key;

  if (node == NULL || !fr_peer_key_parse (&key, g_variant_get_string (parameter, NULL)))
    return NULL;
  *out_person = fr_people_find_key (fr_node_get_people (node), &key);
  return *out_person != NULL && fr_person_get_state (*out_person) == FR_PERSON_ASKS ? fr_node_get_people (node) : NULL;
}

static void
accept_person_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPerson *person;
  FrPeople *people = find_person (data, parameter, &person);

  if (people != NULL)
    fr_people_accept (people, person);
}

static void
decline_person_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPerson *person;
  FrPeople *people = find_person (data, parameter, &person);

  if (people != NULL)
    fr_people_turn_away (people, person);
}

static void
show_page_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrWindow *window = get_window (data);

  if (window == NULL)
    return;
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show-page", parameter);
}

static void
show_arrived_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrWindow *window = get_window (data);

  if (window == NULL)
    return;
  fr_window_show_arrived (window); /* before it is looked at, which forgets them */
  gtk_window_present (GTK_WINDOW (window));
}

/* What the desktop's search leads to */

static void
show_picture_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  fr_window_show_picture (open_window (data), g_variant_get_string (parameter, NULL));
}

static void
find_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  fr_window_find (open_window (data), g_variant_get_string (parameter, NULL));
}

static void
show_wish_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_from_string (g_variant_get_string (parameter, NULL));
  FrWindow *window = get_window (data);

  if (window == NULL || terms == NULL)
    return;
  gtk_window_present (GTK_WINDOW (window)); /* first: what is not shown cannot take the focus */
  fr_window_show_wish (window, terms);
}

static const GActionEntry action_entries[] = {
  { "quit", quit_action },
  { "about", about_action },
  { "help", help_action },
  { "help-on", help_action, "s" },
  { "accept-person", accept_person_action, "s" },
  { "decline-person", decline_person_action, "s" },
  { "show-page", show_page_action, "s" },
  { "show-arrived", show_arrived_action },
  { "show-picture", show_picture_action, "s" },
  { "find", find_action, "s" },
  { "show-wish", show_wish_action, "s" },
};

static gboolean
signal_cb (gpointer data)
{
  g_action_group_activate_action (data, "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static GSource *
watch_signal (FrApplication *self, int number)
{
  GSource *source = g_unix_signal_source_new (number);

  g_source_set_callback (source, signal_cb, self, NULL);
  g_source_attach (source, NULL);
  return source;
}

static void
fr_application_startup (GApplication *application)
{
  FrApplication *self = FR_APPLICATION (application);

  G_APPLICATION_CLASS (fr_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), action_entries, G_N_ELEMENTS (action_entries),
                                   application);
  fr_application_keys_set (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (FR_APP_ID);
  self->end_signals[0] = watch_signal (self, SIGTERM);
  self->end_signals[1] = watch_signal (self, SIGINT);
}

static void
fr_application_shutdown (GApplication *application)
{
  FrApplication *self = FR_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (self->end_signals); i++)
    {
      g_source_destroy (self->end_signals[i]);
      g_clear_pointer (&self->end_signals[i], g_source_unref);
    }
  G_APPLICATION_CLASS (fr_application_parent_class)->shutdown (application);
}

/* A window that is not shown holds the program, too. */
static void
fr_application_activate (GApplication *application)
{
  FrApplication *self = FR_APPLICATION (application);

  if (self->background)
    make_window (self);
  else
    open_window (self);
  self->background = FALSE; /* from now on there is a person who wants to see it */
}

static void
fr_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  FrWindow *window = open_window (FR_APPLICATION (application));
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();

  for (int i = 0; i < n_files; i++)
    if (g_file_has_uri_scheme (files[i], "freshet"))
      {
        g_autofree char *uri = g_file_get_uri (files[i]);

        fr_window_take_invitation (window, uri);
      }
    else
      g_ptr_array_add (pictures, files[i]);
  fr_window_take_files (window, (GFile *const *) pictures->pdata, pictures->len);
}

/* Where one runs already there is nothing to do. */
static gboolean
runs_elsewhere (GApplication *application)
{
  return g_application_register (application, NULL, NULL) && g_application_get_is_remote (application);
}

/* Asks the Freshet that runs, which may be this one, for something. Returns whether there was something to ask. */
static gboolean
ask_running (GApplication *application, GVariantDict *options, const char *option, const char *action)
{
  const char *value;

  if (!g_variant_dict_lookup (options, option, "&s", &value) || !g_application_register (application, NULL, NULL))
    return FALSE;
  g_action_group_activate_action (G_ACTION_GROUP (application), action, g_variant_new_string (value));
  return TRUE;
}

static int
fr_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  FrApplication *self = FR_APPLICATION (application);
  GApplicationFlags flags = g_application_get_flags (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("freshet %s\n", FR_VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, "data", "^ay", &self->data);
  g_variant_dict_lookup (options, "name", "s", &self->name);
  g_variant_dict_lookup (options, "server", "s", &self->server);
  g_variant_dict_lookup (options, "stun", "s", &self->stun);
  if (self->data != NULL)
    g_application_set_flags (application, flags | G_APPLICATION_NON_UNIQUE);
  self->background = g_variant_dict_contains (options, "background");
  if (ask_running (application, options, "show-picture", "show-picture")
      || ask_running (application, options, "find", "find"))
    return g_application_get_is_remote (application) ? 0 : -1;
  return self->background && runs_elsewhere (application) ? 0 : -1;
}

static void
fr_application_finalize (GObject *object)
{
  FrApplication *self = FR_APPLICATION (object);

  g_free (self->data);
  g_free (self->name);
  g_free (self->server);
  g_free (self->stun);
  G_OBJECT_CLASS (fr_application_parent_class)->finalize (object);
}

static void
fr_application_class_init (FrApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fr_application_finalize;
  application_class->startup = fr_application_startup;
  application_class->shutdown = fr_application_shutdown;
  application_class->activate = fr_application_activate;
  application_class->open = fr_application_open;
  application_class->handle_local_options = fr_application_handle_local_options;
}

static void
fr_application_init (FrApplication *self)
{
  static const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Use this folder; opens a Freshet of its own"), N_ ("FOLDER") },
    { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("What others call you"), N_ ("NAME") },
    { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The meeting point, where people find each other"),
      N_ ("ADDRESS") },
    { "stun", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("STUN, to get through firewalls"), N_ ("URI") },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Share without a window, until it is opened"), NULL },
    { "show-picture", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show this picture of yours"), N_ ("CONTENT-ID") },
    { "find", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Look for pictures"), N_ ("WORDS") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[PICTURE…] [INVITATION]"));
}

/**
 * fr_application_new:
 *
 * Returns: (transfer full): the program, not running
 */
FrApplication *
fr_application_new (void)
{
  return g_object_new (FR_TYPE_APPLICATION, "application-id", FR_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/app/freshet/Freshet", NULL);
}
