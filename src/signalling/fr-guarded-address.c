/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-guarded-address.h"

struct _FrGuardedAddress
{
  GNetworkAddress parent_instance;

  FrAddressGuard guard;
  gpointer data;
  GDestroyNotify destroy;
};

static GSocketConnectableIface *parent_iface;

static void connectable_init (GSocketConnectableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrGuardedAddress, fr_guarded_address, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE, connectable_init))

/* Its addresses, without those that are not let pass. */

#define FR_TYPE_GUARDED_ENUMERATOR (fr_guarded_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (FrGuardedEnumerator, fr_guarded_enumerator, FR, GUARDED_ENUMERATOR, GSocketAddressEnumerator)

struct _FrGuardedEnumerator
{
  GSocketAddressEnumerator parent_instance;

  FrGuardedAddress *address;
  GSocketAddressEnumerator *inner;
  gboolean any_passed;
  gboolean any_stopped;
};

G_DEFINE_FINAL_TYPE (FrGuardedEnumerator, fr_guarded_enumerator, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

/* What is no internet address cannot be judged. */
static gboolean
passes (FrGuardedEnumerator *self, GSocketAddress *address)
{
  gboolean pass = G_IS_INET_SOCKET_ADDRESS (address)
                  && self->address->guard (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)),
                                           self->address->data);

  if (pass)
    self->any_passed = TRUE;
  else
    self->any_stopped = TRUE;
  return pass;
}

static void
set_error_at_end (FrGuardedEnumerator *self, GError **error)
{
  if (self->any_stopped && !self->any_passed)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "What is there is not to be visited");
}

static GSocketAddress *
fr_guarded_enumerator_next (GSocketAddressEnumerator *enumerator, GCancellable *cancellable, GError **error)
{
  FrGuardedEnumerator *self = FR_GUARDED_ENUMERATOR (enumerator);
  g_autoptr (GError) problem = NULL;
  GSocketAddress *address;

  while ((address = g_socket_address_enumerator_next (self->inner, cancellable, &problem)) != NULL)
    {
      if (passes (self, address))
        return address;
      g_object_unref (address);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    set_error_at_end (self, error);
  return NULL;
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FrGuardedEnumerator *self = g_task_get_source_object (task);
  GError *error = NULL;
  GSocketAddress *address
      = g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result, &error);

  if (address != NULL && !passes (self, address))
    {
      g_object_unref (address);
      g_socket_address_enumerator_next_async (self->inner, g_task_get_cancellable (task), next_cb,
                                              g_object_ref (task));
      return;
    }
  if (address == NULL && error == NULL)
    set_error_at_end (self, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, address, g_object_unref);
}

static void
fr_guarded_enumerator_next_async (GSocketAddressEnumerator *enumerator, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  FrGuardedEnumerator *self = FR_GUARDED_ENUMERATOR (enumerator);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_guarded_enumerator_next_async);
  g_socket_address_enumerator_next_async (self->inner, cancellable, next_cb, g_object_ref (task));
}

static GSocketAddress *
fr_guarded_enumerator_next_finish (GSocketAddressEnumerator *enumerator, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fr_guarded_enumerator_dispose (GObject *object)
{
  FrGuardedEnumerator *self = FR_GUARDED_ENUMERATOR (object);

  g_clear_object (&self->inner);
  g_clear_object (&self->address);
  G_OBJECT_CLASS (fr_guarded_enumerator_parent_class)->dispose (object);
}

static void
fr_guarded_enumerator_class_init (FrGuardedEnumeratorClass *klass)
{
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_guarded_enumerator_dispose;
  enumerator_class->next = fr_guarded_enumerator_next;
  enumerator_class->next_async = fr_guarded_enumerator_next_async;
  enumerator_class->next_finish = fr_guarded_enumerator_next_finish;
}

static void
fr_guarded_enumerator_init (FrGuardedEnumerator *self)
{
}

/* Where there is no proxy, GProxyAddressEnumerator comes here too. */
static GSocketAddressEnumerator *
fr_guarded_address_enumerate (GSocketConnectable *connectable)
{
  FrGuardedEnumerator *enumerator = g_object_new (FR_TYPE_GUARDED_ENUMERATOR, NULL);

  enumerator->address = g_object_ref (FR_GUARDED_ADDRESS (connectable));
  enumerator->inner = parent_iface->enumerate (connectable);
  return G_SOCKET_ADDRESS_ENUMERATOR (enumerator);
}

static void
connectable_init (GSocketConnectableIface *iface)
{
  parent_iface = g_type_interface_peek_parent (iface);
  iface->enumerate = fr_guarded_address_enumerate;
}

static void
fr_guarded_address_finalize (GObject *object)
{
  FrGuardedAddress *self = FR_GUARDED_ADDRESS (object);

  if (self->destroy != NULL)
    self->destroy (self->data);
  G_OBJECT_CLASS (fr_guarded_address_parent_class)->finalize (object);
}

static void
fr_guarded_address_class_init (FrGuardedAddressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_guarded_address_finalize;
  g_type_ensure (FR_TYPE_GUARDED_ENUMERATOR);
}

static void
fr_guarded_address_init (FrGuardedAddress *self)
{
}

/**
 * fr_guarded_address_new:
 * @host: a name, or an address
 * @port: a TCP port
 * @scheme: what is spoken there, for the choice of a proxy
 * @guard: says of an address whether it may be connected to
 * @data: for @guard
 * @destroy: (nullable): frees @data
 *
 * Returns: (transfer full): where to connect to
 */
FrGuardedAddress *
fr_guarded_address_new (const char *host, guint port, const char *scheme, FrAddressGuard guard, gpointer data,
                        GDestroyNotify destroy)
{
  FrGuardedAddress *self
      = g_object_new (FR_TYPE_GUARDED_ADDRESS, "hostname", host, "port", port, "scheme", scheme, NULL);

  self->guard = guard;
  self->data = data;
  self->destroy = destroy;
  return self;
}
