/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>

/* For ThreadSanitizer alone. GLib is not built with it, and its locks are futexes, so that it sees neither them nor what is
 * ordered by them. Here are the calls by which this program hands something from one thread to another, each with what it
 * orders said aloud; put in by the linker (--wrap). Only edges that GLib documents: a lock, a task that is pushed and one
 * that returns, the last reference. */

void __tsan_acquire (void *address);
void __tsan_release (void *address);

#define REAL(name) __real_##name
#define WRAPPED(name) __wrap_##name

void REAL (g_mutex_lock) (GMutex *mutex);
void REAL (g_mutex_unlock) (GMutex *mutex);
void WRAPPED (g_mutex_lock) (GMutex *mutex);
void WRAPPED (g_mutex_unlock) (GMutex *mutex);

void
WRAPPED (g_mutex_lock) (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

void
WRAPPED (g_mutex_unlock) (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

/* Whatever was true when something was pushed is true for whoever works on it; whoever waits for the end of all of it
 * sees what they did. */
typedef struct
{
  GFunc func;
  gpointer user_data;
} Pool;

static void
pool_cb (gpointer data, gpointer user_data)
{
  const Pool *pool = user_data;

  __tsan_acquire (data);
  pool->func (data, pool->user_data);
  __tsan_release (user_data);
}

GThreadPool *REAL (g_thread_pool_new) (GFunc func, gpointer data, gint max, gboolean exclusive, GError **error);
GThreadPool *WRAPPED (g_thread_pool_new) (GFunc func, gpointer data, gint max, gboolean exclusive, GError **error);
gboolean REAL (g_thread_pool_push) (GThreadPool *threads, gpointer data, GError **error);
gboolean WRAPPED (g_thread_pool_push) (GThreadPool *threads, gpointer data, GError **error);
void REAL (g_thread_pool_free) (GThreadPool *threads, gboolean immediate, gboolean wait);
void WRAPPED (g_thread_pool_free) (GThreadPool *threads, gboolean immediate, gboolean wait);

GThreadPool *
WRAPPED (g_thread_pool_new) (GFunc func, gpointer data, gint max, gboolean exclusive, GError **error)
{
  Pool *pool = g_new (Pool, 1); /* as long as the process */

  *pool = (Pool) { func, data };
  return REAL (g_thread_pool_new) (pool_cb, pool, max, exclusive, error);
}

gboolean
WRAPPED (g_thread_pool_push) (GThreadPool *threads, gpointer data, GError **error)
{
  __tsan_release (data);
  return REAL (g_thread_pool_push) (threads, data, error);
}

void
WRAPPED (g_thread_pool_free) (GThreadPool *threads, gboolean immediate, gboolean wait)
{
  gpointer pool = threads->user_data;

  REAL (g_thread_pool_free) (threads, immediate, wait);
  if (wait)
    __tsan_acquire (pool);
}

/* A task carries its answer home; whoever takes it sees what the worker wrote. */
#define WRAP_RETURN(name, parameters, arguments)                                                                       \
  void REAL (name) parameters;                                                                                         \
  void WRAPPED (name) parameters;                                                                                      \
  void WRAPPED (name) parameters                                                                                       \
  {                                                                                                                    \
    __tsan_release (task);                                                                                             \
    REAL (name) arguments;                                                                                             \
  }

WRAP_RETURN (g_task_return_pointer, (GTask * task, gpointer result, GDestroyNotify destroy), (task, result, destroy))
WRAP_RETURN (g_task_return_boolean, (GTask * task, gboolean result), (task, result))
WRAP_RETURN (g_task_return_int, (GTask * task, gssize result), (task, result))
WRAP_RETURN (g_task_return_error, (GTask * task, GError *error), (task, error))

#define WRAP_PROPAGATE(name, type)                                                                                     \
  type REAL (name) (GTask * task, GError * *error);                                                                    \
  type WRAPPED (name) (GTask * task, GError * *error);                                                                 \
  type WRAPPED (name) (GTask * task, GError * *error)                                                                  \
  {                                                                                                                    \
    __tsan_acquire (task);                                                                                             \
    return REAL (name) (task, error);                                                                                  \
  }

WRAP_PROPAGATE (g_task_propagate_pointer, gpointer)
WRAP_PROPAGATE (g_task_propagate_boolean, gboolean)
WRAP_PROPAGATE (g_task_propagate_int, gssize)

/* What is attached to a context by one thread is dispatched by another. */
typedef struct
{
  GSource *source; /* borrowed */
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static gboolean
source_cb (gpointer data)
{
  const Callback *callback = data;

  __tsan_acquire (callback->source);
  return callback->func (callback->data);
}

static void
callback_free (gpointer data)
{
  Callback *callback = data;

  if (callback->notify != NULL)
    callback->notify (callback->data);
  g_free (callback);
}

void REAL (g_source_set_callback) (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify);
void WRAPPED (g_source_set_callback) (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify);
guint REAL (g_source_attach) (GSource *source, GMainContext *context);
guint WRAPPED (g_source_attach) (GSource *source, GMainContext *context);

/* Only idle sources come from other threads here; others have callbacks of their own kinds. */
void
WRAPPED (g_source_set_callback) (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  Callback *callback;

  if (source->source_funcs != &g_idle_funcs)
    {
      REAL (g_source_set_callback) (source, func, data, notify);
      return;
    }
  callback = g_new (Callback, 1);
  *callback = (Callback) { source, func, data, notify };
  REAL (g_source_set_callback) (source, source_cb, callback, callback_free);
}

guint
WRAPPED (g_source_attach) (GSource *source, GMainContext *context)
{
  __tsan_release (source);
  return REAL (g_source_attach) (source, context);
}

/* The last reference comes after all others. */
#define WRAP_UNREF(name, type)                                                                                         \
  void REAL (name) (type object);                                                                                      \
  void WRAPPED (name) (type object);                                                                                   \
  void WRAPPED (name) (type object)                                                                                    \
  {                                                                                                                    \
    __tsan_release (object);                                                                                           \
    __tsan_acquire (object);                                                                                           \
    REAL (name) (object);                                                                                              \
  }

WRAP_UNREF (g_object_unref, gpointer)
WRAP_UNREF (g_bytes_unref, GBytes *)

gboolean REAL (g_atomic_ref_count_dec) (gatomicrefcount *count);
gboolean WRAPPED (g_atomic_ref_count_dec) (gatomicrefcount *count);

gboolean
WRAPPED (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean last;

  __tsan_release (count);
  last = REAL (g_atomic_ref_count_dec) (count);
  if (last)
    __tsan_acquire (count);
  return last;
}
