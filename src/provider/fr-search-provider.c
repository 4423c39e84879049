/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-provider.h"

#include "fr-provider-answer.h"

struct _FrSearchProvider
{
  GApplication parent_instance;

  char *folder;
  char *program;
  GDBusNodeInfo *node_info;
  guint registration;
};

G_DEFINE_FINAL_TYPE (FrSearchProvider, fr_search_provider, G_TYPE_APPLICATION)

static const char interface_xml[] = "<node><interface name='org.gnome.Shell.SearchProvider2'>"
                                    "<method name='GetInitialResultSet'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/></method>"
                                    "<method name='GetSubsearchResultSet'>"
                                    "<arg type='as' name='previous_results' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/></method>"
                                    "<method name='GetResultMetas'>"
                                    "<arg type='as' name='identifiers' direction='in'/>"
                                    "<arg type='aa{sv}' name='metas' direction='out'/></method>"
                                    "<method name='ActivateResult'>"
                                    "<arg type='s' name='identifier' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/></method>"
                                    "<method name='LaunchSearch'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/></method>"
                                    "</interface></node>";

/* What is asked of the disk, for a thread. */
typedef struct
{
  char *folder;
  char **words; /* terms, or ids to describe */
  gboolean describes;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_free (self->folder);
  g_strfreev (self->words);
  g_free (self);
}

static void
question_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Question *question = data;
  const char *const *words = (const char *const *) question->words;
  GVariant *answer;

  if (question->describes)
    answer = fr_provider_describe (question->folder, words);
  else
    {
      g_auto (GStrv) found = fr_provider_find (question->folder, words);

      answer = g_variant_new_strv ((const char *const *) found, -1);
    }
  g_task_return_pointer (task, g_variant_ref_sink (answer), (GDestroyNotify) g_variant_unref);
}

/* It is held from the question to the answer; being let go begins the time after which it ends. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusMethodInvocation *invocation = data;
  g_autoptr (GVariant) answer = g_task_propagate_pointer (G_TASK (result), NULL);

  g_dbus_method_invocation_return_value (invocation, g_variant_new_tuple (&answer, 1));
  g_application_release (G_APPLICATION (source));
}

static void
ask (FrSearchProvider *self, GVariant *words, gboolean describes, GDBusMethodInvocation *invocation)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, answered_cb, invocation);
  Question *question = g_new0 (Question, 1);

  question->folder = g_strdup (self->folder);
  question->words = g_variant_dup_strv (words, NULL);
  question->describes = describes;
  g_task_set_task_data (task, question, question_free);
  g_application_hold (G_APPLICATION (self));
  g_task_run_in_thread (task, question_thread);
}

/* The window is another program's; the time of the click lets it come to the front. */
static void
launch (FrSearchProvider *self, const char *option, const char *value, guint timestamp, GDBusMethodInvocation *invocation)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *startup_id = g_strdup_printf ("freshet_TIME%u", timestamp);
  g_autofree char *argument = g_strconcat (option, "=", value, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "DESKTOP_STARTUP_ID", startup_id, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, self->program, argument, NULL);
  if (process != NULL)
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
}

static void
method_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  FrSearchProvider *self = data;
  g_autoptr (GVariant) words = g_variant_get_child_value (parameters, 0);

  if (g_str_equal (method, "GetInitialResultSet"))
    ask (self, words, FALSE, invocation);
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      /* looked for anew: one picture may have come in between, and it is as fast */
      g_autoptr (GVariant) terms = g_variant_get_child_value (parameters, 1);

      ask (self, terms, FALSE, invocation);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    ask (self, words, TRUE, invocation);
  else if (g_str_equal (method, "ActivateResult"))
    {
      guint timestamp;

      g_variant_get_child (parameters, 2, "u", &timestamp);
      launch (self, "--show-picture", g_variant_get_string (words, NULL), timestamp, invocation);
    }
  else
    {
      g_autofree const char **terms = g_variant_get_strv (words, NULL);
      g_autofree char *text = fr_provider_join_terms (terms);
      guint timestamp;

      g_variant_get_child (parameters, 1, "u", &timestamp);
      launch (self, "--find", text, timestamp, invocation);
    }
}

static const GDBusInterfaceVTable vtable = { .method_call = method_cb };

static gboolean
fr_search_provider_dbus_register (GApplication *application,
                                  GDBusConnection *connection,
                                  const char *path,
                                  GError **error)
{
  FrSearchProvider *self = FR_SEARCH_PROVIDER (application);

  self->registration = g_dbus_connection_register_object (connection, FR_SEARCH_PROVIDER_PATH,
                                                          self->node_info->interfaces[0], &vtable, self, NULL, error);
  return self->registration != 0;
}

static void
fr_search_provider_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *path)
{
  FrSearchProvider *self = FR_SEARCH_PROVIDER (application);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (connection, self->registration);
  self->registration = 0;
}

/* Started by hand it does what it does when it is started by the bus. */
static void
fr_search_provider_activate (GApplication *application)
{
}

static void
fr_search_provider_finalize (GObject *object)
{
  FrSearchProvider *self = FR_SEARCH_PROVIDER (object);

  g_free (self->folder);
  g_free (self->program);
  g_dbus_node_info_unref (self->node_info);
  G_OBJECT_CLASS (fr_search_provider_parent_class)->finalize (object);
}

static void
fr_search_provider_class_init (FrSearchProviderClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fr_search_provider_finalize;
  application_class->dbus_register = fr_search_provider_dbus_register;
  application_class->dbus_unregister = fr_search_provider_dbus_unregister;
  application_class->activate = fr_search_provider_activate;
}

static void
fr_search_provider_init (FrSearchProvider *self)
{
  self->node_info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
}

/**
 * fr_search_provider_new:
 * @folder: the folder of one person's data
 * @program: Freshet, which shows what is chosen
 *
 * Returns: (transfer full): the program, not running; it ends %FR_SEARCH_PROVIDER_IDLE_MS after the last question
 */
FrSearchProvider *
fr_search_provider_new (const char *folder, const char *program)
{
  FrSearchProvider *self = g_object_new (FR_TYPE_SEARCH_PROVIDER, "application-id", FR_SEARCH_PROVIDER_ID, "flags",
                                         G_APPLICATION_IS_SERVICE, "inactivity-timeout", FR_SEARCH_PROVIDER_IDLE_MS, NULL);

  self->folder = g_strdup (folder);
  self->program = g_strdup (program);
  return self;
}
